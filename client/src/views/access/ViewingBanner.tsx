import { Eye } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useViewing } from "@/api/access";
import { useSession } from "@/api/session";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { toast } from "@/ui/toast";
import styles from "./Access.module.css";

/** Says, wherever one is, that one sees the system as somebody else; ends it. */
export function ViewingBanner() {
  const { t } = useTranslation("common");
  const errorText = useErrorText();
  const session = useSession();
  const { end } = useViewing();
  if (!session?.viewer) return null;
  return (
    <div className={styles.banner} role="status">
      <Eye size={18} aria-hidden="true" />
      <span>{t("viewing.as", { name: session.member.name })}</span>
      <Button
        small
        busy={end.isPending}
        onClick={() => end.mutate(undefined, { onError: (error) => toast.error(errorText(error)) })}
      >
        {t("viewing.end")}
      </Button>
    </div>
  );
}
