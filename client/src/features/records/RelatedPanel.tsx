import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordPages, useRelated } from "@/api/records";
import type { Condition, RelatedCount } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText, useWhenText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { manyOf } from "@/model/plural";
import { buttonClass } from "@/ui/Button";
import { Count, EmptyState, Panel, SkeletonLines } from "@/ui/surfaces";
import styles from "./Record.module.css";

function RelatedRows({ related, id }: { related: RelatedCount; id: string }) {
  const { t } = useTranslation(["records", "common"]);
  const whenText = useWhenText();
  const catalogue = useCatalogue();
  const field = catalogue.field(related.entity, related.field);
  const filter: Condition =
    field?.type === "many_to_many"
      ? { field: related.field, op: "has_any", value: [id] }
      : { field: related.field, op: "eq", value: id };
  const pages = useRecordPages(related.entity, { filter, sort: [{ field: "updated_at", descending: true }] }, 10);
  const rows = pages.data?.pages[0]?.rows ?? [];
  const entity = catalogue.entity(related.entity);
  return (
    <div className={styles.relatedRows}>
      {pages.isPending && <SkeletonLines lines={3} />}
      {rows.map((row) => (
        <Link key={row.id} to="/e/$entity/$id" params={{ entity: related.entity, id: row.id }}>
          {row.title}
          <span>{row.stage ? catalogue.stageLabel(related.entity, row.stage) : whenText(row.updated_at)}</span>
        </Link>
      ))}
      <div style={{ display: "flex", gap: 8, paddingTop: 6 }}>
        {related.count > rows.length && (
          <Link to="/e/$entity" params={{ entity: related.entity }} search={{ filter }}>
            {t("common:actions.showAll")}
          </Link>
        )}
        {entity?.can.create && (
          <Link
            className={buttonClass("plain", true)}
            to="/e/$entity/new"
            params={{ entity: related.entity }}
            search={{ preset: { [related.field]: id } }}
          >
            <Plus size={14} /> {t("records:record.addRelated", { entity: entity.label })}
          </Link>
        )}
      </div>
    </div>
  );
}

/** Records elsewhere that point here. */
export function RelatedPanel({ entity, id }: { entity: string; id: string }) {
  const { t } = useTranslation("records");
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const language = useLanguage();
  const related = useRelated(entity, id);
  const [open, setOpen] = useState<string | null>(null);
  const entries = related.data?.filter((each) => catalogue.hasPage(each.entity)) ?? [];
  return (
    <Panel title={t("record.related")} flush>
      {related.isPending && (
        <div style={{ padding: 16 }}>
          <SkeletonLines lines={3} />
        </div>
      )}
      {related.isError && <EmptyState title={errorText(related.error)} />}
      {related.data && entries.length === 0 && <EmptyState title={t("record.relatedEmpty")} />}
      {entries.map((each) => {
        const key = `${each.entity}.${each.field}`;
        const isOpen = open === key;
        return (
          <div key={key}>
            <button
              type="button"
              className={styles.related}
              aria-expanded={isOpen}
              onClick={() => setOpen(isOpen ? null : key)}
            >
              {isOpen ? <ChevronDown size={16} /> : <ChevronRight size={16} />}
              {each.count === 1 ? each.label : manyOf(each.label, language)}
              <Count quiet value={each.count} />
            </button>
            {isOpen && <RelatedRows related={each} id={id} />}
          </div>
        );
      })}
    </Panel>
  );
}
