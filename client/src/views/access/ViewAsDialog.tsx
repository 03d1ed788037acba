import { useTranslation } from "react-i18next";
import { useViewing } from "@/api/access";
import { useMe, useSession } from "@/api/session";
import { useErrorText } from "@/fields/useTexts";
import { toast } from "@/ui/toast";
import { Confirm } from "../dialogs/Confirm";

/** Whether one may see the system as a member does. */
export function useMayViewAs(): (member: string) => boolean {
  const me = useMe();
  const session = useSession();
  return (member) => me.abilities.includes("view_as") && !session?.viewer && member !== me.id;
}

/** Says what looking as somebody else means, and begins it. */
export function ViewAsDialog({ member, onClose }: { member: string; onClose: () => void }) {
  const { t } = useTranslation("common");
  const errorText = useErrorText();
  const { start } = useViewing();
  return (
    <Confirm
      isPlain
      title={t("viewing.sure")}
      text={t("viewing.text")}
      confirm={t("viewing.start")}
      busy={start.isPending}
      onClose={onClose}
      onConfirm={() =>
        start.mutate(member, {
          onError: (error) => {
            toast.error(errorText(error));
            onClose();
          },
        })
      }
    />
  );
}
