import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { labelText } from "../parts/labels";
import { SelectProperty } from "../parts/PropertyPanel";
import type { FormProps } from "./FieldsEditor";
import styles from "./Public.module.css";

/** What a browser says of where somebody comes from. */
const PARTS = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content", "referrer", "page"] as const;

/** Which text fields keep where somebody came from. */
export function OriginEditor({ form, entity, onChange }: FormProps) {
  const { t } = useTranslation("entrances");
  const language = useLanguage();
  const origin = form.origin ?? {};
  const texts = (entity?.fields ?? [])
    .filter((each) => each.type === "text" || each.type === "long_text")
    .map((each) => ({ value: each.key, label: labelText(each.label, language) }));
  const put = (part: string, field: string) => {
    const kept = Object.entries(origin).filter(([each]) => each !== part);
    onChange({ origin: Object.fromEntries(field ? [...kept, [part, field]] : kept) });
  };
  return (
    <div className={styles.fields}>
      <h3>{t("public.origin")}</h3>
      <p className={styles.quiet}>{t("public.originHint")}</p>
      <div className={styles.form}>
        {PARTS.map((part) => (
          <SelectProperty
            key={part}
            label={t(`public.originParts.${part}`)}
            value={origin[part] ?? ""}
            empty={t("public.nowhere")}
            options={texts}
            onChange={(field) => put(part, field)}
          />
        ))}
      </div>
    </div>
  );
}
