import { ArrowDown, ArrowUp, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Entity, PublicFieldDef, PublicFormDef } from "@/api/types/studio";
import { IconButton } from "@/ui/Button";
import { Check, FieldFrame, NativeSelect, TextArea, TextInput } from "@/ui/controls";
import { Panel } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import styles from "./Public.module.css";

/** Types that somebody without an account can fill in. */
export const PUBLIC_TYPES = new Set(
  "text long_text integer decimal money percent date date_time switch single_select multi_select checklist keyword_list email phone url region rating file image".split(
    " ",
  ),
);
const OWNERS = ["role", "member", "department"] as const;

interface Props {
  form: PublicFormDef;
  entity: Entity | undefined;
  onChange: (change: Partial<PublicFormDef>) => void;
}

function Fields({ form, entity, onChange }: Props) {
  const { t, i18n } = useTranslation("entrances");
  const labelOf = (key: string) =>
    labelText(entity?.fields.find((each) => each.key === key)?.label ?? key, i18n.language);
  const put = (fields: PublicFieldDef[]) => onChange({ fields });
  const move = (at: number, by: number) => {
    const fields = [...form.fields];
    const [taken] = fields.splice(at, 1);
    if (taken) fields.splice(at + by, 0, taken);
    put(fields);
  };
  const free = (entity?.fields ?? []).filter(
    (each) =>
      PUBLIC_TYPES.has(each.type) &&
      !form.fields.some((shown) => shown.key === each.key) &&
      !(each.key in (form.values ?? {})),
  );
  return (
    <div className={styles.fields}>
      {form.fields.map((field, at) => {
        const own = entity?.fields.find((each) => each.key === field.key);
        return (
          <div key={field.key} className={styles.field}>
            <span>{labelOf(field.key)}</span>
            <Check
              checked={field.required === true || own?.required === true}
              disabled={own?.required === true}
              onChange={(required) =>
                put(form.fields.map((each) => (each.key === field.key ? { ...each, required } : each)))
              }
            >
              {t("public.required")}
            </Check>
            <IconButton
              small
              disabled={at === 0}
              label={`${t("public.up")} ${labelOf(field.key)}`}
              onClick={() => move(at, -1)}
            >
              <ArrowUp size={14} />
            </IconButton>
            <IconButton
              small
              disabled={at === form.fields.length - 1}
              label={`${t("public.down")} ${labelOf(field.key)}`}
              onClick={() => move(at, 1)}
            >
              <ArrowDown size={14} />
            </IconButton>
            <IconButton
              small
              label={t("public.removeField", { label: labelOf(field.key) })}
              onClick={() => put(form.fields.filter((each) => each.key !== field.key))}
            >
              <X size={14} />
            </IconButton>
          </div>
        );
      })}
      <NativeSelect
        aria-label={t("public.addField")}
        value=""
        onChange={(event) => event.target.value && put([...form.fields, { key: event.target.value }])}
      >
        <option value="">+ {t("public.addField")}</option>
        {free.map((each) => (
          <option key={each.key} value={each.key}>
            {labelText(each.label, i18n.language)}
          </option>
        ))}
      </NativeSelect>
    </div>
  );
}

function Owner({ form, onChange }: Omit<Props, "entity">) {
  const { t, i18n } = useTranslation("entrances");
  const { definitions } = useDraft();
  const kind = OWNERS.find((each) => form.owner[each] !== undefined) ?? "role";
  const value = form.owner[kind] ?? "";
  const set = (text: string) => onChange({ owner: { [kind]: text } });
  return (
    <>
      <FieldFrame label={t("public.owner")}>
        {(ids) => (
          <NativeSelect {...ids} value={kind} onChange={(event) => onChange({ owner: { [event.target.value]: "" } })}>
            {OWNERS.map((each) => (
              <option key={each} value={each}>
                {t(`public.owners.${each}`)}
              </option>
            ))}
          </NativeSelect>
        )}
      </FieldFrame>
      {kind === "role" ? (
        <FieldFrame label={t("public.ownerRole")} required>
          {(ids) => (
            <NativeSelect {...ids} value={value} onChange={(event) => set(event.target.value)}>
              <option value="" />
              {(definitions.roles ?? []).map((role) => (
                <option key={role.key} value={role.key}>
                  {labelText(role.label, i18n.language)}
                </option>
              ))}
            </NativeSelect>
          )}
        </FieldFrame>
      ) : (
        <FieldFrame label={t(kind === "member" ? "public.ownerMember" : "public.ownerDepartment")} required>
          {(ids) => <TextInput {...ids} value={value} onChange={(event) => set(event.target.value)} />}
        </FieldFrame>
      )}
    </>
  );
}

/** The date and time of an input as an instant with the browser's offset, and back. */
const toInstant = (text: string) => (text ? new Date(text).toISOString() : undefined);
function fromInstant(text: string | undefined): string {
  if (!text) return "";
  const moment = new Date(text);
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** Everything that a public form says and does. */
export function FormEditor({ form, entity, onChange }: Props) {
  const { t, i18n } = useTranslation("entrances");
  const { definitions } = useDraft();
  const texts = (entity?.fields ?? []).filter((each) => each.type === "text" || each.type === "long_text");
  const [fixed] = Object.entries(form.values ?? {});
  return (
    <Panel>
      <div className={styles.form}>
        <LabelField
          label={t("public.name")}
          value={form.label}
          required
          onChange={(label) => onChange({ label: label ?? { zh: "" } })}
        />
        <FieldFrame label={t("public.entity")}>
          {(ids) => (
            <NativeSelect
              {...ids}
              value={form.entity}
              onChange={(event) => onChange({ entity: event.target.value, fields: [], values: {}, origin: {} })}
            >
              {(definitions.entities ?? [])
                .filter((each) => !each.parent)
                .map((each) => (
                  <option key={each.key} value={each.key}>
                    {labelText(each.label, i18n.language)}
                  </option>
                ))}
            </NativeSelect>
          )}
        </FieldFrame>
        <div className={styles.wide}>
          <h3>{t("public.fields")}</h3>
          <Fields form={form} entity={entity} onChange={onChange} />
        </div>
        <Owner form={form} onChange={onChange} />
        <LabelField label={t("public.intro")} value={form.intro} rows={2} onChange={(intro) => onChange({ intro })} />
        <LabelField
          label={t("public.thanks")}
          value={form.thanks}
          rows={2}
          onChange={(thanks) => onChange({ thanks })}
        />
        <LabelField label={t("public.consent")} value={form.consent} onChange={(consent) => onChange({ consent })} />
        <LabelField label={t("public.button")} value={form.button} onChange={(button) => onChange({ button })} />
        <FieldFrame label={t("public.values")} help={t("public.valuesHint")}>
          {(ids) => (
            <span style={{ display: "grid", gridTemplateColumns: "1fr 1fr", gap: 8 }}>
              <NativeSelect
                {...ids}
                value={fixed?.[0] ?? ""}
                onChange={(event) => onChange({ values: event.target.value ? { [event.target.value]: "" } : {} })}
              >
                <option value="">{t("public.nowhere")}</option>
                {(entity?.fields ?? [])
                  .filter((each) => ["text", "single_select", "long_text"].includes(each.type))
                  .map((each) => (
                    <option key={each.key} value={each.key}>
                      {labelText(each.label, i18n.language)}
                    </option>
                  ))}
              </NativeSelect>
              {fixed && (
                <FixedValue
                  field={entity?.fields.find((each) => each.key === fixed[0])}
                  value={String(fixed[1] ?? "")}
                  onChange={(value) => onChange({ values: { [fixed[0]]: value } })}
                />
              )}
            </span>
          )}
        </FieldFrame>
        <FieldFrame label={t("public.campaign")}>
          {(ids) => (
            <NativeSelect
              {...ids}
              value={form.origin?.utm_campaign ?? ""}
              onChange={(event) => onChange({ origin: event.target.value ? { utm_campaign: event.target.value } : {} })}
            >
              <option value="">{t("public.nowhere")}</option>
              {texts.map((each) => (
                <option key={each.key} value={each.key}>
                  {labelText(each.label, i18n.language)}
                </option>
              ))}
            </NativeSelect>
          )}
        </FieldFrame>
        <FieldFrame label={t("public.opens")}>
          {(ids) => (
            <TextInput
              {...ids}
              type="datetime-local"
              value={fromInstant(form.opens)}
              onChange={(event) => onChange({ opens: toInstant(event.target.value) } as Partial<PublicFormDef>)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("public.closes")}>
          {(ids) => (
            <TextInput
              {...ids}
              type="datetime-local"
              value={fromInstant(form.closes)}
              onChange={(event) => onChange({ closes: toInstant(event.target.value) } as Partial<PublicFormDef>)}
            />
          )}
        </FieldFrame>
        <FieldFrame label={t("public.origins")} help={t("public.originsHint")}>
          {(ids) => (
            <TextArea
              {...ids}
              rows={2}
              value={(form.origins ?? []).join("\n")}
              onChange={(event) =>
                onChange({
                  origins: event.target.value
                    .split("\n")
                    .map((each) => each.trim())
                    .filter(Boolean),
                })
              }
            />
          )}
        </FieldFrame>
        <Check checked={form.active !== false} onChange={(active) => onChange({ active })}>
          {t("public.active")}
        </Check>
      </div>
    </Panel>
  );
}

function FixedValue({
  field,
  value,
  onChange,
}: {
  field: Entity["fields"][number] | undefined;
  value: string;
  onChange: (value: string) => void;
}) {
  const { t, i18n } = useTranslation("entrances");
  const { definitions } = useDraft();
  const set = definitions.option_sets?.find((each) => each.key === field?.options?.set);
  const options = set?.options ?? (field?.options?.options as { key: string; label: string }[] | undefined);
  if (field?.type !== "single_select")
    return (
      <TextInput aria-label={t("public.values")} value={value} onChange={(event) => onChange(event.target.value)} />
    );
  return (
    <NativeSelect aria-label={t("public.values")} value={value} onChange={(event) => onChange(event.target.value)}>
      <option value="" />
      {options?.map((each) => (
        <option key={each.key} value={each.key}>
          {labelText(each.label, i18n.language)}
        </option>
      ))}
    </NativeSelect>
  );
}
