import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportSteps } from "@/api/imports";
import type { ImportField, ImportJob, ImportMapping } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { listed } from "@/model/words";
import { Button } from "@/ui/Button";
import { Check, FieldFrame, NativeSelect } from "@/ui/controls";
import { Notice, Panel, PlainTable } from "@/ui/surfaces";
import { ColumnRow } from "./ColumnRow";
import styles from "./Imports.module.css";

/** Stands for no field: equal cells of the column tell which rows make one record, and are not kept. */
const TOGETHER = "$record";

/** What keeps a mapping from being checked, in words. */
function mappingProblems(columns: Record<string, string | null>, fields: ImportField[], mode: ImportMapping["mode"]) {
  const used = Object.values(columns).filter((each): each is string => each !== null);
  const twice = fields.find((field) => used.filter((each) => each === field.key).length > 1) ?? null;
  const parts = new Set(
    fields.filter((field) => field.part_of && used.includes(field.key)).map((each) => each.part_of),
  );
  const isMade = (field: ImportField) => (field.part_of ? parts.has(field.part_of) : mode !== "update");
  const missing = fields.filter((field) => field.required && isMade(field) && !used.includes(field.key));
  return { twice, missing, hasRows: parts.size > 0 };
}

export function MappingStep({ job, onDone }: { job: ImportJob; onDone: () => void }) {
  const { t } = useTranslation("imports");
  const language = useLanguage();
  const errorText = useErrorText();
  const { map } = useImportSteps();
  const fields = job.fields ?? [];
  const [columns, setColumns] = useState<Record<string, string | null>>(() =>
    Object.fromEntries(
      (job.columns ?? []).map((column) => [
        column.name,
        job.mapping ? (job.mapping.columns[column.name] ?? null) : column.field,
      ]),
    ),
  );
  const [mode, setMode] = useState<ImportMapping["mode"]>(job.mapping?.mode ?? "create");
  const [key, setKey] = useState(job.mapping?.key ?? job.key ?? "");
  const [createMissing, setCreateMissing] = useState(job.mapping?.create_missing ?? false);
  const [keepCreated, setKeepCreated] = useState(job.mapping?.keep_created ?? false);
  const { twice, missing, hasRows } = mappingProblems(columns, fields, mode);
  const asksKey = mode !== "create" || hasRows;
  const mapped = fields.filter(
    (field) =>
      !field.part_of &&
      Object.values(columns).includes(field.key) &&
      (field.key !== TOGETHER || (hasRows && mode === "create")),
  );
  const needsKey = asksKey && !mapped.some((field) => field.key === key);
  const submit = () =>
    map.mutate(
      {
        id: job.id,
        columns,
        mode,
        create_missing: createMissing,
        keep_created: keepCreated,
        ...(asksKey ? { key } : {}),
      },
      { onSuccess: onDone },
    );
  const { error } = map;
  return (
    <Panel flush title={t("map.title")}>
      <p style={{ padding: "10px 16px", color: "var(--ink-mute)" }}>{t("map.note")}</p>
      <PlainTable stacked label={t("map.title")}>
        <thead>
          <tr>
            <th scope="col">{t("map.column")}</th>
            <th scope="col">{t("map.samples")}</th>
            <th scope="col">{t("map.field")}</th>
            <th scope="col">{t("map.guess")}</th>
          </tr>
        </thead>
        <tbody>
          {job.columns?.map((column) => (
            <ColumnRow
              key={column.name}
              column={column}
              fields={fields}
              field={columns[column.name] ?? null}
              hasFiles={job.has_files ?? false}
              onChange={(field) => {
                setColumns((all) => ({ ...all, [column.name]: field }));
                if (field === TOGETHER) setKey(field);
              }}
            />
          ))}
        </tbody>
      </PlainTable>
      <div className={styles.options}>
        <FieldFrame label={t("map.mode")}>
          {(ids) => (
            <NativeSelect
              {...ids}
              value={mode}
              onChange={(event) => setMode(event.target.value as ImportMapping["mode"])}
            >
              {(["create", "upsert", "update"] as const).map((each) => (
                <option key={each} value={each}>
                  {t(`map.modes.${each}`)}
                </option>
              ))}
            </NativeSelect>
          )}
        </FieldFrame>
        {asksKey && (
          <FieldFrame
            label={t(hasRows ? "map.rowsKey" : "map.key")}
            required
            help={t(hasRows ? "map.rowsKeyHint" : "map.keyHint")}
          >
            {(ids) => (
              <NativeSelect {...ids} value={needsKey ? "" : key} onChange={(event) => setKey(event.target.value)}>
                <option value="" />
                {mapped.map((field) => (
                  <option key={field.key} value={field.key}>
                    {field.label}
                  </option>
                ))}
              </NativeSelect>
            )}
          </FieldFrame>
        )}
        <div>
          <Check checked={createMissing} onChange={setCreateMissing}>
            {t("map.createMissing")}
          </Check>
          <br />
          <Check checked={keepCreated} onChange={setKeepCreated}>
            {t("map.keepCreated")}
          </Check>
        </div>
      </div>
      <div className={styles.foot}>
        <div style={{ flex: 1, display: "grid", gap: 8 }}>
          {error && <Notice kind="danger">{errorText(error)}</Notice>}
          {missing.length > 0 && (
            <Notice kind="warning">
              {t("map.required", {
                fields: listed(
                  missing.map((field) => field.label),
                  language,
                ),
              })}
            </Notice>
          )}
          {twice && <Notice kind="warning">{t("map.twice", { field: twice.label })}</Notice>}
        </div>
        <Button kind="primary" busy={map.isPending} disabled={twice !== null || needsKey} onClick={submit}>
          {t("map.next")}
        </Button>
      </div>
    </Panel>
  );
}
