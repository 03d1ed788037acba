import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAggregate } from "@/api/records";
import type { Condition, FieldDefinition, GroupUnit, Json, ListQuery, Measure, ViewDefinition } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { shownAs } from "@/model/catalogue";
import { addDays } from "@/model/dates";
import { both } from "@/model/filter";
import { formatShort, toNumber } from "@/model/format";
import { addMonths } from "@/model/windows";
import { Count, EmptyState, SkeletonLines } from "@/ui/surfaces";
import { figureText } from "../grid/GridFoot";
import { GroupLines } from "./GroupLines";
import styles from "./List.module.css";

export interface Level {
  field: FieldDefinition;
  unit: GroupUnit | null;
}

interface GroupedProps {
  entity: string;
  fields: FieldDefinition[];
  query: ListQuery;
  /** The outermost first; each group of a level holds the groups of the next. */
  levels: Level[];
  view: ViewDefinition | undefined;
}

const isMoment = (field: FieldDefinition) => ["date", "date_time"].includes(shownAs(field).type);

/** The day after the last of the stretch that a group stands for. */
function endOf(day: string, unit: GroupUnit): string {
  if (unit === "day" || unit === "week") return addDays(day, unit === "day" ? 1 : 7);
  return addMonths(day, { month: 1, quarter: 3, year: 12 }[unit]);
}

function groupFilter({ field, unit }: Level, key: Json): Condition {
  if (key === null) return { field: field.key, op: "empty" };
  if (!isMoment(field) || typeof key !== "string") return { field: field.key, op: "eq", value: key };
  const from = key.slice(0, 10);
  return {
    and: [
      { field: field.key, op: "ge", value: from },
      { field: field.key, op: "lt", value: endOf(from, unit ?? "month") },
    ],
  };
}

/** One section for each value of a field, with its count and figures; what it holds comes when it is opened. */
export function GroupedList({ entity, fields, query, levels, view }: GroupedProps) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const errorText = useErrorText();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set([0]));
  const [level, ...inner] = levels;
  const money = fields.find((field) => shownAs(field).type === "money");
  const own = view?.measures.filter((each) => each.field) ?? [];
  const measures: Measure[] = own.length > 0 ? own : money ? [{ do: "sum", field: money.key }] : [];
  const by = level
    ? [{ field: level.field.key, ...(isMoment(level.field) ? { unit: level.unit ?? "month" } : {}) }]
    : [];
  const groups = useAggregate(entity, { ...query, group: by, measures: [{ do: "count" }, ...measures] });
  if (groups.isPending)
    return (
      <div className={styles.sections}>
        <SkeletonLines lines={8} />
      </div>
    );
  if (groups.isError) return <EmptyState title={errorText(groups.error)} />;
  if (!level) return null;
  const toggle = (index: number) =>
    setOpen((before) => new Set(before.has(index) ? [...before].filter((each) => each !== index) : [...before, index]));
  const figure = (measure: Measure, value: Json) => {
    const field = fields.find((each) => each.key === measure.field);
    if (!field || value === null) return null;
    const text = measure.do === "sum" ? formatShort(value, language) : figureText(measure, field, value, language);
    return `${field.label} ${measure.do === "sum" ? "" : `${t(`measureNames.${measure.do}`)} `}${text}`;
  };
  return (
    <div className={styles.sections}>
      {groups.data.length === 0 && <EmptyState title={t("list.emptyFilteredText")} />}
      {groups.data.map((each, index) => {
        const inside = { ...query, filter: both(query.filter, groupFilter(level, each.keys[0] ?? null)) };
        return (
          <section key={JSON.stringify(each.keys)} className={styles.section}>
            <button
              type="button"
              className={styles.sectionHead}
              aria-expanded={open.has(index)}
              onClick={() => toggle(index)}
            >
              {open.has(index) ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
              <strong>{each.labels[0] || (each.keys[0] === null ? t("group.empty") : String(each.keys[0]))}</strong>
              <Count quiet value={toNumber(each.values[0]) ?? 0} />
              <span className={styles.sum}>
                {measures.flatMap((measure, at) => figure(measure, each.values[at + 1] ?? null) ?? []).join(" · ")}
              </span>
            </button>
            {open.has(index) &&
              (inner.length > 0 ? (
                <div className={styles.inner}>
                  <GroupedList entity={entity} fields={fields} query={inside} levels={inner} view={view} />
                </div>
              ) : (
                <GroupLines
                  entity={entity}
                  fields={fields}
                  query={inside}
                  view={view}
                  count={toNumber(each.values[0]) ?? 0}
                />
              ))}
          </section>
        );
      })}
    </div>
  );
}
