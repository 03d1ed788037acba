import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFieldTypes } from "@/api/forms";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { EmptyState, Page, SkeletonLines } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { Designer } from "./Designer";
import { FormList } from "./FormList";
import { entityOf } from "./fieldOps";

/** The forms of the workspace, or the designer of one. */
export function FormsPage() {
  const { t } = useTranslation(["forms", "common"]);
  const { entity: key } = useParams({ strict: false });
  const { definitions } = useDraft();
  const language = useLanguage();
  const errorText = useErrorText();
  const types = useFieldTypes(language);
  if (!key) return <FormList />;
  const entity = entityOf(definitions, key);
  if (!entity) return <FormList missing={key} />;
  if (types.isError)
    return (
      <EmptyState
        title={errorText(types.error)}
        actions={<Button onClick={() => void types.refetch()}>{t("common:actions.retry")}</Button>}
      />
    );
  if (!types.data)
    return (
      <Page>
        <SkeletonLines lines={8} />
      </Page>
    );
  return <Designer key={entity.key} entity={entity} types={types.data} />;
}
