import { useQueries } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { GitMerge } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { recordQuery, useMerge } from "@/api/records";
import type { EntityDefinition, RecordRow } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { fieldValue, forWriting } from "@/model/values";
import { Button } from "@/ui/Button";
import { EmptyState, Notice, Page, PageHeader, Panel, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { choicesOf, type FieldChoice, startingChoices } from "./choices";
import styles from "./Merge.module.css";
import { MergePreview } from "./MergePreview";
import { MergeTable } from "./MergeTable";

export const MOST_COMPARED = 5;

function Comparison({ entity, records }: { entity: EntityDefinition; records: RecordRow[] }) {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const navigate = useNavigate();
  const merge = useMerge(entity.key);
  const fields = choicesOf(entity, records);
  const [keep, setKeep] = useState(records[0]?.id ?? "");
  const [chosen, setChosen] = useState(() => startingChoices(fields, records, keep));
  const [previewing, setPreviewing] = useState(false);
  const kept = records.find((each) => each.id === keep) ?? records[0];
  if (!kept) return null;
  const keepOther = (id: string) => {
    setKeep(id);
    setChosen(startingChoices(fields, records, id));
  };
  const taken = fields.filter((each) => each.differs && chosen[each.field.key] !== keep);
  const run = () =>
    merge.mutate(
      {
        keep: { id: keep, version: kept.version },
        absorb: records.filter((each) => each.id !== keep).map((each) => each.id),
        values: Object.fromEntries(taken.map((each) => [each.field.key, valueFrom(each, records, chosen)])),
      },
      {
        onSuccess: (record) => {
          toast.done(t("records:merge.done", { title: record.title }));
          void navigate({ to: "/e/$entity/$id", params: { entity: entity.key, id: record.id }, replace: true });
        },
        onError: (error) => {
          toast.error(errorText(error));
          setPreviewing(false);
        },
      },
    );
  return (
    <div className={styles.page}>
      <Notice kind="info">{t("records:merge.text")}</Notice>
      <Panel flush>
        <MergeTable
          entity={entity}
          records={records}
          fields={fields}
          keep={keep}
          chosen={chosen}
          onKeep={keepOther}
          onChoose={(field, id) => setChosen({ ...chosen, [field]: id })}
        />
      </Panel>
      <div className={styles.foot}>
        <Button onClick={() => window.history.back()}>{t("common:actions.cancel")}</Button>
        <Button kind="primary" icon={<GitMerge size={15} />} onClick={() => setPreviewing(true)}>
          {t("records:merge.preview")}
        </Button>
      </div>
      {previewing && (
        <MergePreview
          entity={entity}
          records={records}
          kept={kept}
          taken={taken.map((each) => ({ field: each.field, from: chosen[each.field.key] ?? keep }))}
          isBusy={merge.isPending}
          onConfirm={run}
          onClose={() => setPreviewing(false)}
        />
      )}
    </div>
  );
}

function valueFrom(choice: FieldChoice, records: RecordRow[], chosen: Record<string, string>) {
  const source = records.find((each) => each.id === chosen[choice.field.key]);
  return source ? forWriting(fieldValue(source, choice.field.key)) : null;
}

/** Two to five records side by side: which stays, and which value of each field. */
export function MergePage() {
  const { t } = useTranslation(["records", "common"]);
  const errorText = useErrorText();
  const { entity: key } = useParams({ from: "/inside/rich/e/$entity/merge" });
  const { ids = [] } = useSearch({ from: "/inside/rich/e/$entity/merge" });
  const entity = useCatalogue().entity(key);
  const wanted = [...new Set(ids)].slice(0, MOST_COMPARED);
  const found = useQueries({ queries: wanted.map((id) => recordQuery(key, id)) });
  const failed = found.find((each) => each.isError);
  const records = found.flatMap((each) => (each.data && !each.data.deleted_at ? [each.data] : []));
  return (
    <Page>
      <PageHeader title={t("records:merge.title", { entity: entity?.label ?? key })} />
      {failed && <EmptyState title={errorText(failed.error)} />}
      {!failed && found.some((each) => each.isPending) && <SkeletonLines lines={8} />}
      {entity && !failed && found.every((each) => each.data) && records.length < 2 && (
        <EmptyState title={t("records:merge.tooFew")} text={t("records:merge.tooFewText")} />
      )}
      {entity && !failed && records.length >= 2 && records.length === wanted.length && (
        <Comparison key={wanted.join()} entity={entity} records={records} />
      )}
    </Page>
  );
}
