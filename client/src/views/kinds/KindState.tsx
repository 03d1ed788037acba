import { CircleX } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/surfaces";

/** What a view says when its records did not load. */
export function KindFailed({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation(["views", "common"]);
  const errorText = useErrorText();
  return (
    <EmptyState
      icon={<CircleX size={40} />}
      title={t("views:failed")}
      text={errorText(error)}
      actions={<Button onClick={retry}>{t("common:actions.retry")}</Button>}
    />
  );
}
