import { Eye } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/ui/Button";
import { useMayViewAs, ViewAsDialog } from "./ViewAsDialog";

/** Begins to see the system as a member does; only for whoever may. */
export function ViewAsButton({ member, small = true }: { member: string; small?: boolean }) {
  const { t } = useTranslation("common");
  const may = useMayViewAs();
  const [asking, setAsking] = useState(false);
  if (!may(member)) return null;
  return (
    <>
      <Button small={small} icon={<Eye size={15} />} onClick={() => setAsking(true)}>
        {t("viewing.start")}
      </Button>
      {asking && <ViewAsDialog member={member} onClose={() => setAsking(false)} />}
    </>
  );
}
