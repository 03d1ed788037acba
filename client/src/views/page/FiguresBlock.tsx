import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useAggregate } from "@/api/records";
import type { Condition, Json } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { shownAs } from "@/model/catalogue";
import { both } from "@/model/filter";
import { formatShort, toNumber } from "@/model/format";
import { manyOf } from "@/model/plural";
import { addMonths } from "@/model/windows";
import { inSentence } from "@/model/words";
import { EmptyState, Panel, SkeletonLines } from "@/ui/surfaces";
import { Failed } from "./Failed";
import styles from "./Page.module.css";
import type { BlockProps } from "./PageView";

function groupOf(field: string, isMoment: boolean, key: Json): Condition {
  if (key === null) return { field, op: "empty" };
  if (!isMoment || typeof key !== "string") return { field, op: "eq", value: key };
  return {
    and: [
      { field, op: "ge", value: key },
      { field, op: "lt", value: addMonths(key, 1) },
    ],
  };
}

/** One figure for each value of a field, the largest first; each leads to its rows. */
export function FiguresBlock({ block }: BlockProps) {
  const { t } = useTranslation(["home", "records", "common"]);
  const language = useLanguage();
  const catalogue = useCatalogue();
  const entity = block.entity ?? "";
  const field = catalogue.field(entity, block.group ?? "");
  const isMoment = field ? ["date", "date_time"].includes(shownAs(field).type) : false;
  const figures = useAggregate(
    entity,
    {
      ...(block.filter ? { filter: block.filter } : {}),
      group: [{ field: block.group ?? "", ...(isMoment ? { unit: "month" as const } : {}) }],
      measures: [block.measure],
    },
    field !== undefined,
  );
  if (!field) return null;
  const rows = (figures.data ?? []).map((each) => ({ ...each, value: toNumber(each.values[0]) ?? 0 }));
  const sorted = isMoment ? rows : [...rows].sort((one, other) => other.value - one.value);
  const most = Math.max(1, ...rows.map((each) => Math.abs(each.value)));
  return (
    <Panel
      flush
      title={
        block.title ||
        t("home:figures.title", {
          entity: manyOf(catalogue.entityLabel(entity), language),
          field: inSentence(field.label, language),
        })
      }
    >
      {figures.isPending && (
        <div style={{ padding: 16 }}>
          <SkeletonLines lines={5} />
        </div>
      )}
      {figures.isError && <Failed query={figures} />}
      {figures.data && rows.length === 0 && <EmptyState title={t("home:figures.empty")} />}
      <ol className={styles.figures}>
        {sorted.slice(0, block.limit).map((each) => (
          <li key={JSON.stringify(each.keys)}>
            <Link
              to="/e/$entity"
              params={{ entity }}
              search={{ filter: both(block.filter, groupOf(field.key, isMoment, each.keys[0] ?? null)) ?? {} }}
            >
              <span>{each.labels[0] || t("records:group.empty")}</span>
              <i aria-hidden="true" style={{ "--share": Math.abs(each.value) / most }} />
              <strong>{formatShort(each.value, language)}</strong>
            </Link>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
