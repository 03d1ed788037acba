import { useTranslation } from "react-i18next";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/surfaces";

/** What a block says when its records did not load. */
export function Failed({ query }: { query: { error: Error | null; refetch: () => unknown } }) {
  const { t } = useTranslation(["views", "common"]);
  const errorText = useErrorText();
  return (
    <EmptyState
      title={t("views:failed")}
      text={errorText(query.error)}
      actions={<Button onClick={() => void query.refetch()}>{t("common:actions.retry")}</Button>}
    />
  );
}
