import { useTranslation } from "react-i18next";
import type { ImportColumn, ImportField } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { listed, named } from "@/model/words";
import { NativeSelect } from "@/ui/controls";
import { Tag } from "@/ui/surfaces";
import styles from "./Imports.module.css";

interface RowProps {
  column: ImportColumn;
  fields: ImportField[];
  field: string | null;
  /** The spreadsheet came in a zip with files; without them, no column can fill a field of files. */
  hasFiles: boolean;
  onChange: (field: string | null) => void;
}

/** Fields of the record, and under the name of each sub-table those of its rows. */
function FieldChoices({ fields, hasFiles }: { fields: ImportField[]; hasFiles: boolean }) {
  const choice = (each: ImportField) => (
    <option key={each.key} value={each.key} disabled={each.of_files && !hasFiles}>
      {each.label}
      {each.required ? " *" : ""}
    </option>
  );
  const parts = new Map(
    fields.flatMap((each) => (each.part_of ? [[each.part_of, each.part_label ?? ""] as const] : [])),
  );
  return (
    <>
      {fields.filter((each) => !each.part_of).map(choice)}
      {[...parts].map(([key, label]) => (
        <optgroup key={key} label={label}>
          {fields.filter((each) => each.part_of === key).map(choice)}
        </optgroup>
      ))}
    </>
  );
}

/** One column of the file: what stands in it, and the field that it fills. */
export function ColumnRow({ column, fields, field, hasFiles, onChange }: RowProps) {
  const { t } = useTranslation("imports");
  const language = useLanguage();
  const samples = listed(column.samples, language);
  const isGuess = field !== null && field === column.field;
  const confidence = column.confidence >= 0.85 ? "sure" : column.confidence >= 0.6 ? "likely" : "unsure";
  const wanted = fields.find((each) => each.key === column.wants_files);
  return (
    <tr>
      <td>
        <strong style={{ fontWeight: 500 }}>{column.name}</strong>
      </td>
      <td className={styles.samples} title={samples}>
        {samples}
      </td>
      <td style={{ minWidth: 190 }}>
        <NativeSelect
          aria-label={named(column.name, t("map.field"), language)}
          value={field ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        >
          <option value="">{t("map.skip")}</option>
          <FieldChoices fields={column.sheet ? fields.filter((each) => each.part_of) : fields} hasFiles={hasFiles} />
        </NativeSelect>
        {wanted && !field && <p className={styles.wants}>{t("map.wantsFiles", { field: wanted.label })}</p>}
      </td>
      <td data-label={isGuess ? t("map.guess") : undefined}>
        {isGuess && (
          <Tag colour={{ sure: "green", likely: "cyan", unsure: "gold" }[confidence]}>{t(`map.${confidence}`)}</Tag>
        )}
      </td>
    </tr>
  );
}
