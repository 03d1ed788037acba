import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAggregate, useRecordPages } from "@/api/records";
import type {
  Condition,
  FieldDefinition,
  GroupUnit,
  Json,
  ListQuery,
  Measure,
  RecordRow,
  ViewDefinition,
} from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { shownAs } from "@/model/catalogue";
import { addDays } from "@/model/dates";
import { both } from "@/model/filter";
import { formatShort, toNumber } from "@/model/format";
import { rowColour } from "@/model/looks";
import { addMonths } from "@/model/windows";
import { Button } from "@/ui/Button";
import { useIsPhone } from "@/ui/media";
import { Count, colourVariables, EmptyState, SkeletonLines } from "@/ui/surfaces";
import { RecordCard } from "../cards/CardList";
import { figureText } from "../grid/GridFoot";
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

const LINES = 20;

/** The records of a group side by side, for a wide screen. */
function LineTable({
  entity,
  fields,
  rows,
  view,
}: Pick<GroupedProps, "entity" | "fields" | "view"> & { rows: RecordRow[] }) {
  const navigate = useNavigate();
  return (
    <table>
      <thead>
        <tr>
          {fields.map((field) => (
            <th
              key={field.key}
              scope="col"
              className={fieldViews[field.type].align === "end" ? styles.numeric : undefined}
            >
              {field.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr
            key={row.id}
            data-painted={rowColour(view, row) !== null}
            style={colourVariables(rowColour(view, row))}
            onClick={() => void navigate({ to: "/e/$entity/$id", params: { entity, id: row.id } })}
          >
            {fields.map((field) => (
              <td key={field.key} className={fieldViews[field.type].align === "end" ? styles.numeric : undefined}>
                <Shown field={field} row={row} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The records of a group; while they load, room for as many as there are is kept. */
function GroupLines({ entity, fields, query, view, count }: Omit<GroupedProps, "levels"> & { count: number }) {
  const { t } = useTranslation("common");
  const isPhone = useIsPhone();
  const pages = useRecordPages(entity, query, LINES);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  if (pages.isPending)
    return (
      <div className={styles.waiting} style={{ "--lines": Math.min(count, LINES) }}>
        <SkeletonLines lines={3} />
      </div>
    );
  const more = pages.hasNextPage && (
    <div style={{ padding: 8 }}>
      <Button small kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        {t("actions.loadMore")}
      </Button>
    </div>
  );
  if (isPhone)
    return (
      <div className={styles.groupCards}>
        {rows.map((row) => (
          <RecordCard key={row.id} row={row} fields={fields} view={view} />
        ))}
        {more}
      </div>
    );
  return (
    <div className={styles.lines}>
      <LineTable entity={entity} fields={fields} rows={rows} view={view} />
      {more}
    </div>
  );
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
