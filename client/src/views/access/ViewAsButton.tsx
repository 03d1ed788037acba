import { Eye } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useViewing } from "@/api/access";
import { useMe, useSession } from "@/api/session";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/toast";
import { Confirm } from "../dialogs/Confirm";

/** Begins to see the system as a member does; only for whoever may. */
export function ViewAsButton({ member, small = true }: { member: string; small?: boolean }) {
  const { t } = useTranslation("common");
  const errorText = useErrorText();
  const me = useMe();
  const session = useSession();
  const { start } = useViewing();
  const [asking, setAsking] = useState(false);
  if (!me.abilities.includes("view_as") || session?.viewer || member === me.id) return null;
  return (
    <>
      <Button small={small} icon={<Eye size={15} />} onClick={() => setAsking(true)}>
        {t("viewing.start")}
      </Button>
      {asking && (
        <Confirm
          isPlain
          title={t("viewing.sure")}
          text={t("viewing.text")}
          confirm={t("viewing.start")}
          busy={start.isPending}
          onClose={() => setAsking(false)}
          onConfirm={() =>
            start.mutate(member, {
              onError: (error) => {
                toast.error(errorText(error));
                setAsking(false);
              },
            })
          }
        />
      )}
    </>
  );
}
