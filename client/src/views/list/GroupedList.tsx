import { useNavigate } from "@tanstack/react-router";
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAggregate, useRecordPages } from "@/api/records";
import type { AggregateGroup, Condition, FieldDefinition, GroupBy, ListQuery } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { Shown } from "@/fields/Shown";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { shownAs } from "@/model/catalogue";
import { addDays } from "@/model/dates";
import { both } from "@/model/filter";
import { formatShort, toNumber } from "@/model/format";
import { Button } from "@/ui/Button";
import { Count, EmptyState, SkeletonLines } from "@/ui/surfaces";
import styles from "./List.module.css";

interface GroupedProps {
  entity: string;
  fields: FieldDefinition[];
  query: ListQuery;
  group: FieldDefinition;
}

/** The month after the one that begins on `day`. */
function nextMonth(day: string): string {
  return `${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
}

function groupFilter(field: FieldDefinition, group: AggregateGroup): Condition {
  const key = group.keys[0] ?? null;
  if (key === null) return { field: field.key, op: "empty" };
  const isMoment = ["date", "date_time"].includes(shownAs(field).type);
  if (!isMoment || typeof key !== "string") return { field: field.key, op: "eq", value: key };
  const from = key.slice(0, 10);
  return {
    and: [
      { field: field.key, op: "ge", value: from },
      { field: field.key, op: "lt", value: nextMonth(from) },
    ],
  };
}

function GroupLines({ entity, fields, query }: Omit<GroupedProps, "group">) {
  const { t } = useTranslation("common");
  const navigate = useNavigate();
  const pages = useRecordPages(entity, query, 20);
  const rows = pages.data?.pages.flatMap((page) => page.rows) ?? [];
  if (pages.isPending) return <SkeletonLines lines={3} />;
  return (
    <div className={styles.lines}>
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
            <tr key={row.id} onClick={() => void navigate({ to: "/e/$entity/$id", params: { entity, id: row.id } })}>
              {fields.map((field) => (
                <td key={field.key} className={fieldViews[field.type].align === "end" ? styles.numeric : undefined}>
                  <Shown field={field} row={row} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {pages.hasNextPage && (
        <div style={{ padding: 8 }}>
          <Button small kind="quiet" busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {t("actions.loadMore")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** One section for each value of a field, with its count and first sum; the rows come when it is opened. */
export function GroupedList({ entity, fields, query, group }: GroupedProps) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const errorText = useErrorText();
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set([0]));
  const isMoment = ["date", "date_time"].includes(shownAs(group).type);
  const by: GroupBy = isMoment ? { field: group.key, unit: "month" } : { field: group.key };
  const summed = fields.find((field) => shownAs(field).type === "money");
  const groups = useAggregate(entity, {
    ...query,
    sort: undefined,
    group: [by],
    measures: [{ do: "count" }, ...(summed ? [{ do: "sum" as const, field: summed.key }] : [])],
  });
  if (groups.isPending)
    return (
      <div className={styles.sections}>
        <SkeletonLines lines={8} />
      </div>
    );
  if (groups.isError) return <EmptyState title={errorText(groups.error)} />;
  const toggle = (index: number) =>
    setOpen((before) => new Set(before.has(index) ? [...before].filter((each) => each !== index) : [...before, index]));
  return (
    <div className={styles.sections}>
      {groups.data.map((each, index) => (
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
            {summed && (
              <span className={styles.sum}>
                {summed.label} {formatShort(each.values[1] ?? null, language)}
              </span>
            )}
          </button>
          {open.has(index) && (
            <GroupLines
              entity={entity}
              fields={fields}
              query={{ ...query, filter: both(query.filter, groupFilter(group, each)) }}
            />
          )}
        </section>
      ))}
    </div>
  );
}
