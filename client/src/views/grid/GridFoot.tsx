import { useTranslation } from "react-i18next";
import { useAggregate } from "@/api/records";
import type { FieldDefinition, Json, ListQuery, Measure, ViewDefinition } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { shownAs, textOption } from "@/model/catalogue";
import { formatDate, formatMoney, formatNumber, formatPercent, type Language } from "@/model/format";
import { classes } from "@/ui/classes";
import styles from "./Grid.module.css";
import type { Frozen } from "./useFrozen";

const SUMMED = new Set(["money", "integer", "decimal"]);

interface FootProps {
  entity: string;
  fields: FieldDefinition[];
  frozen: Frozen;
  view: ViewDefinition | undefined;
  query: ListQuery;
  /** null until it is known. */
  count: number | null;
}

/** What is worked out under each column: as the view says, or sums of figures where it says nothing. */
function measuresOf(fields: FieldDefinition[], view: ViewDefinition | undefined): Measure[] {
  const own = Object.keys(view?.summary ?? {}).length > 0 ? view?.summary : null;
  return fields.flatMap((field, index): Measure[] => {
    const chosen = own?.[field.key];
    if (own) return chosen ? [{ do: chosen, field: field.key }] : [];
    return index > 0 && SUMMED.has(shownAs(field).type) ? [{ do: "sum", field: field.key }] : [];
  });
}

/** A figure as its field writes values; counts as plain numbers. */
export function figureText(measure: Measure, field: FieldDefinition, value: Json, language: Language): string {
  const shown = shownAs(field);
  if (measure.do === "count" || measure.do === "count_distinct") return formatNumber(value, language);
  if (shown.type === "money") return formatMoney(value, language, textOption(shown, "currency"));
  if (shown.type === "percent") return formatPercent(value, language);
  if (shown.type === "date" || shown.type === "date_time") return formatDate(value);
  const figure = measure.do === "avg" && value !== null ? Number(value).toFixed(2) : value;
  return formatNumber(figure, language);
}

/** The count, and under each column what the view works out over everything the list holds. */
export function GridFoot({ entity, fields, frozen, view, query, count }: FootProps) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const measures = measuresOf(fields, view);
  const figures = useAggregate(entity, { ...query, group: [], measures }, measures.length > 0);
  const values = figures.data?.[0]?.values ?? [];
  return (
    <div role="row" aria-rowindex={(count ?? 0) + 2} className={classes(styles.row, styles.foot)}>
      <div role="gridcell" className={classes(styles.cell, styles.check)} />
      {fields.map((field, index) => {
        const at = measures.findIndex((measure) => measure.field === field.key);
        const measure = measures[at];
        const value = values[at] ?? null;
        const text = measure && value !== null ? figureText(measure, field, value, language) : "";
        return (
          <div
            key={field.key}
            role="gridcell"
            className={classes(
              styles.cell,
              index === 0 && styles.title,
              frozen(index).className,
              index > 0 && measure && styles.end,
            )}
            style={frozen(index).style}
          >
            {index === 0 && count !== null && (
              <span style={{ marginRight: 12 }}>{t("list.count", { n: formatNumber(count, language) })}</span>
            )}
            {measure && text && (
              <span className={styles.total} title={t(`measures.${measure.do}`, { value: text })}>
                {measure.do !== "sum" && <small>{t(`measureNames.${measure.do}`)} </small>}
                {text}
              </span>
            )}
          </div>
        );
      })}
    </div>
  );
}
