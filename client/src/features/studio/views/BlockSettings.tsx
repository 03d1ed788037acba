import { useTranslation } from "react-i18next";
import type { Block } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Check } from "@/ui/controls";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import { NumberProperty, SelectProperty } from "../parts/PropertyPanel";
import parts from "../parts/parts.module.css";
import { ConditionEditor } from "./ConditionEditor";
import { groupable, MOMENTS, measuresFor, ofTypes } from "./fields";
import { LinkSettings } from "./LinkSettings";
import { useFieldChoices } from "./useFieldChoices";
import styles from "./Views.module.css";

export interface BlockSettingProps {
  block: Block;
  put: (setting: string, value: unknown) => void;
}

function NumberSettings({ block, put }: BlockSettingProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const { definitions } = useDraft();
  const chosen = block.numbers ?? [];
  return (
    <fieldset className={parts.checks}>
      <legend>{t("whichNumbers")}</legend>
      {(definitions.numbers ?? []).map((number) => (
        <Check
          key={number.key}
          checked={chosen.includes(number.key)}
          onChange={(on) => {
            const next = on ? [...chosen, number.key] : chosen.filter((each) => each !== number.key);
            put("numbers", next.length > 0 ? next : undefined);
          }}
        >
          {labelText(number.label, language)}
        </Check>
      ))}
      {chosen.length === 0 && <p className={styles.hint}>{t("allNumbers")}</p>}
    </fieldset>
  );
}

function StandSettings({ block, put }: BlockSettingProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const { definitions } = useDraft();
  const process = definitions.processes?.find((each) => each.key === block.process) ?? definitions.processes?.[0];
  const fields = useFieldChoices(process?.entity ?? "");
  return (
    <>
      <SelectProperty
        label={t("process")}
        value={block.process ?? ""}
        empty={t("firstProcess")}
        options={(definitions.processes ?? []).map(({ key, label }) => ({
          value: key,
          label: labelText(label, language),
        }))}
        onChange={(value) => put("process", value || undefined)}
      />
      <SelectProperty
        label={t("since")}
        help={t("sinceHelp")}
        value={block.since ?? ""}
        empty={t("sinceStage")}
        options={ofTypes(fields, MOMENTS).map(({ key, label }) => ({ value: key, label }))}
        onChange={(value) => put("since", value || undefined)}
      />
      <NumberProperty
        label={t("hours")}
        isWhole
        min={1}
        value={block.hours ?? 72}
        onChange={(hours) => put("hours", hours === 72 ? undefined : hours)}
      />
    </>
  );
}

function FigureSettings({ block, put }: BlockSettingProps) {
  const { t } = useTranslation(["designer", "records"]);
  const language = useLanguage();
  const { definitions } = useDraft();
  const fields = useFieldChoices(block.entity ?? "");
  const measured = fields.filter((field) => measuresFor(field.type).includes("sum"));
  const [measure, field] = [block.measure?.do ?? "count", block.measure?.field ?? ""];
  return (
    <>
      <SelectProperty
        label={t("designer:entity")}
        required
        value={block.entity ?? ""}
        options={(definitions.entities ?? []).map(({ key, label }) => ({
          value: key,
          label: labelText(label, language),
        }))}
        onChange={(value) => put("entity", value || undefined)}
      />
      <SelectProperty
        label={t("designer:groupBy")}
        required
        value={block.group ?? ""}
        options={groupable(fields).map(({ key, label }) => ({ value: key, label }))}
        onChange={(value) => put("group", value || undefined)}
      />
      <SelectProperty
        label={t("designer:measure")}
        value={field ? `${measure}:${field}` : ""}
        empty={t("designer:countRecords")}
        options={measured.flatMap(({ key, label }) =>
          (["sum", "avg"] as const).map((each) => ({
            value: `${each}:${key}`,
            label: `${label} · ${t(`records:measureNames.${each}`)}`,
          })),
        )}
        onChange={(value) => {
          const [what = "count", of] = value.split(":");
          put("measure", of ? { do: what, field: of } : undefined);
        }}
      />
      {block.entity && (
        <ConditionEditor
          key={block.entity}
          entity={block.entity}
          value={block.filter}
          onChange={(filter) => put("filter", filter)}
        />
      )}
    </>
  );
}

function ViewSettings({ block, put }: BlockSettingProps) {
  const { t } = useTranslation("designer");
  const language = useLanguage();
  const { definitions } = useDraft();
  return (
    <SelectProperty
      label={t("whichView")}
      required
      value={block.view ?? ""}
      options={(definitions.views ?? []).map(({ key, label }) => ({ value: key, label: labelText(label, language) }))}
      onChange={(value) => put("view", value || undefined)}
    />
  );
}

/** What a block shows, by its kind. */
export function BlockSettings(props: BlockSettingProps) {
  const { t } = useTranslation("designer");
  const { block, put } = props;
  switch (block.kind) {
    case "numbers":
      return <NumberSettings {...props} />;
    case "stalled":
    case "stages":
      return <StandSettings {...props} />;
    case "figures":
      return <FigureSettings {...props} />;
    case "view":
      return <ViewSettings {...props} />;
    case "shortcuts":
      return <LinkSettings {...props} />;
    case "text":
      return (
        <LabelField
          label={t("text")}
          rows={6}
          value={block.text}
          help={t("textHelp")}
          onChange={(text) => put("text", text)}
        />
      );
    default:
      return <p className={styles.hint}>{t("noSettings")}</p>;
  }
}
