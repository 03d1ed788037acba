import { useTranslation } from "react-i18next";
import { useAggregate } from "@/api/records";
import type { FieldDefinition, ListQuery, Measure } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { shownAs, textOption } from "@/model/catalogue";
import { formatMoney, formatNumber } from "@/model/format";
import { classes } from "@/ui/classes";
import styles from "./Grid.module.css";

const SUMMED = new Set(["money", "integer", "decimal"]);

interface FootProps {
  entity: string;
  fields: FieldDefinition[];
  query: ListQuery;
  count: number;
}

/** The count, and under each column of figures its sum over everything the list holds. */
export function GridFoot({ entity, fields, query, count }: FootProps) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const summed = fields.filter((field, index) => index > 0 && SUMMED.has(shownAs(field).type));
  const measures: Measure[] = summed.map((field) => ({ do: "sum", field: field.key }));
  const sums = useAggregate(entity, { ...query, sort: undefined, group: [], measures }, measures.length > 0);
  const values = sums.data?.[0]?.values ?? [];
  return (
    <div role="row" aria-rowindex={count + 2} className={classes(styles.row, styles.foot)}>
      <div role="gridcell" className={classes(styles.cell, styles.check)} />
      {fields.map((field, index) => {
        const at = summed.indexOf(field);
        const value = at < 0 ? null : (values[at] ?? null);
        const shown = shownAs(field);
        const text =
          shown.type === "money"
            ? formatMoney(value, language, textOption(shown, "currency"))
            : formatNumber(value, language);
        return (
          <div
            key={field.key}
            role="gridcell"
            className={classes(styles.cell, index === 0 && styles.title, at >= 0 && styles.end)}
          >
            {index === 0 && t("list.count", { n: formatNumber(count, language) })}
            {at >= 0 && text && (
              <span className={styles.total} title={t("list.sum", { value: text })}>
                {text}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
