import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../draft/useDraft";
import { type FieldChoice, fieldChoices } from "./fields";

/** The fields of an entity as the draft has them. */
export function useFieldChoices(entity: string): FieldChoice[] {
  const { t } = useTranslation("common");
  const language = useLanguage();
  const { definitions } = useDraft();
  return useMemo(
    () => fieldChoices(definitions, entity, language, (key) => t(`system.${key}` as "system.owner")),
    [definitions, entity, language, t],
  );
}
