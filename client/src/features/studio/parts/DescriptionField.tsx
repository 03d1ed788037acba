import { useTranslation } from "react-i18next";
import type { Named, Path } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "./LabelField";
import { labelText } from "./labels";

/** What a definition is for, in words for those who build. */
export function DescriptionField({ path, item }: { path: Path; item: Named }) {
  const { t } = useTranslation("parts");
  const language = useLanguage();
  const { edit } = useDraft();
  return (
    <LabelField
      label={t("description.label")}
      help={t("description.help")}
      value={item.description}
      onChange={(description) =>
        edit(
          [{ op: "put", path: [...path, "description"], value: description ?? null }],
          t("description.did", { name: labelText(item.label, language) }),
        )
      }
    />
  );
}
