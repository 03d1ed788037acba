import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportSteps } from "@/api/imports";
import type { ImportColumn, ImportField, ImportJob, ImportMapping } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Check, FieldFrame, NativeSelect } from "@/ui/controls";
import { Notice, Panel, PlainTable, Tag } from "@/ui/surfaces";
import styles from "./Imports.module.css";

interface RowProps {
  column: ImportColumn;
  fields: ImportField[];
  field: string | null;
  onChange: (field: string | null) => void;
}

function ColumnRow({ column, fields, field, onChange }: RowProps) {
  const { t } = useTranslation("imports");
  const isGuess = field !== null && field === column.field;
  const confidence = column.confidence >= 0.85 ? "sure" : column.confidence >= 0.6 ? "likely" : "unsure";
  return (
    <tr>
      <td>
        <strong style={{ fontWeight: 500 }}>{column.name}</strong>
      </td>
      <td className={styles.samples} title={column.samples.join("、")}>
        {column.samples.join("、")}
      </td>
      <td style={{ minWidth: 190 }}>
        <NativeSelect
          aria-label={`${column.name}：${t("map.field")}`}
          value={field ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        >
          <option value="">{t("map.skip")}</option>
          {fields.map((each) => (
            <option key={each.key} value={each.key}>
              {each.label}
              {each.required ? " *" : ""}
            </option>
          ))}
        </NativeSelect>
      </td>
      <td>
        {isGuess && (
          <Tag colour={{ sure: "green", likely: "cyan", unsure: "gold" }[confidence]}>{t(`map.${confidence}`)}</Tag>
        )}
      </td>
    </tr>
  );
}

/** What keeps a mapping from being checked, in words. */
function mappingProblems(columns: Record<string, string | null>, fields: ImportField[], mode: ImportMapping["mode"]) {
  const used = Object.values(columns).filter((each): each is string => each !== null);
  const twice = fields.find((field) => used.filter((each) => each === field.key).length > 1) ?? null;
  const missing = mode === "update" ? [] : fields.filter((field) => field.required && !used.includes(field.key));
  return { twice, missing };
}

export function MappingStep({ job, onDone }: { job: ImportJob; onDone: () => void }) {
  const { t } = useTranslation("imports");
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
  const [key, setKey] = useState(job.mapping?.key ?? "");
  const [createMissing, setCreateMissing] = useState(job.mapping?.create_missing ?? false);
  const [keepCreated, setKeepCreated] = useState(job.mapping?.keep_created ?? false);
  const { twice, missing } = mappingProblems(columns, fields, mode);
  const needsKey = mode !== "create" && key === "";
  const mapped = fields.filter((field) => Object.values(columns).includes(field.key));
  const submit = () =>
    map.mutate(
      {
        id: job.id,
        columns,
        mode,
        create_missing: createMissing,
        keep_created: keepCreated,
        ...(mode === "create" ? {} : { key }),
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
              onChange={(field) => setColumns((all) => ({ ...all, [column.name]: field }))}
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
        {mode !== "create" && (
          <FieldFrame label={t("map.key")} required help={t("map.keyHint")}>
            {(ids) => (
              <NativeSelect {...ids} value={key} onChange={(event) => setKey(event.target.value)}>
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
              {t("map.required", { fields: missing.map((field) => field.label).join("、") })}
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
