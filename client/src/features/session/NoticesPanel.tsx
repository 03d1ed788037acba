import { useTranslation } from "react-i18next";
import { useNoticeChoice, useNoticeKinds } from "@/api/tasks";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Check } from "@/ui/controls";
import { EmptyState, Panel, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Account.module.css";

/** What the member is told of in the application; each change is kept at once. */
export function NoticesPanel() {
  const { t } = useTranslation(["session", "common"]);
  const errorText = useErrorText();
  const found = useNoticeKinds();
  const choice = useNoticeChoice();
  const kinds = found.data ?? [];
  const choose = (key: string, isOn: boolean) =>
    choice.mutate(
      kinds.filter((each) => (each.key === key ? !isOn : !each.is_on)).map((each) => each.key),
      { onError: (error) => toast.error(errorText(error)) },
    );
  return (
    <Panel title={t("session:account.notices")}>
      {found.isPending && <SkeletonLines lines={4} />}
      {found.isError && (
        <EmptyState
          title={errorText(found.error)}
          actions={<Button onClick={() => void found.refetch()}>{t("common:actions.retry")}</Button>}
        />
      )}
      {kinds.length > 0 && (
        <fieldset className={styles.notices} disabled={choice.isPending}>
          <legend className="visually-hidden">{t("session:account.notices")}</legend>
          {kinds.map((each) => (
            <Check key={each.key} checked={each.is_on} onChange={(isOn) => choose(each.key, isOn)}>
              {each.label}
            </Check>
          ))}
          <p>{t("session:account.noticesNote")}</p>
        </fieldset>
      )}
    </Panel>
  );
}
