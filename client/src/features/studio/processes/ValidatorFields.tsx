import { useTranslation } from "react-i18next";
import type { EvidenceSlot } from "@/api/types/studio";
import { ContentTypes } from "../parts/ContentTypes";
import { NumberProperty, SelectProperty, SwitchProperty, TextProperty } from "../parts/PropertyPanel";
import { EVENTS, MEGABYTE } from "./evidence";
import { PlaceRule } from "./PlaceRule";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

interface ValidatorFieldsProps {
  handle: ProcessHandle;
  slot: EvidenceSlot;
  onChange: (validators: Record<string, unknown> | undefined) => void;
}

interface PartProps extends ValidatorFieldsProps {
  set: (name: string, value: unknown) => void;
}

const number = (value: unknown) => (typeof value === "number" ? value : undefined);
const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : []);

function FileRules({ handle, slot, set }: PartProps) {
  const { t } = useTranslation("processes");
  const rules = slot.validators ?? {};
  const bytes = number(rules.max_bytes);
  const least = number(rules.min_bytes);
  return (
    <>
      <ContentTypes
        label={t("rules.types")}
        value={texts(rules.content_types)}
        onChange={(value) => set("content_types", value)}
      />
      <div className={styles.pair}>
        <NumberProperty
          label={t("rules.largest")}
          min={0.01}
          max={2048}
          placeholder={t("rules.anySize")}
          value={bytes === undefined ? undefined : Math.round((bytes / MEGABYTE) * 100) / 100}
          onChange={(size) => set("max_bytes", size === undefined ? undefined : Math.round(size * MEGABYTE))}
        />
        <NumberProperty
          label={t("rules.smallest")}
          min={0}
          max={1_000_000}
          placeholder={t("rules.anySize")}
          value={least === undefined ? undefined : Math.round(least / 1024)}
          onChange={(size) => set("min_bytes", size ? Math.round(size * 1024) : undefined)}
        />
      </div>
      <NumberProperty
        label={t("rules.age")}
        min={0.1}
        max={100_000}
        placeholder={t("rules.anyAge")}
        value={number(rules.max_age_hours)}
        onChange={(hours) => set("max_age_hours", hours)}
      />
      <SwitchProperty
        label={t("rules.time")}
        help={t("rules.timeHelp")}
        value={rules.exif_time === true}
        onChange={(isOn) => set("exif_time", isOn || undefined)}
      />
      <SwitchProperty
        label={t("rules.notFuture")}
        value={rules.not_future === true}
        onChange={(isOn) => set("not_future", isOn || undefined)}
      />
      {slot.kind === "image" && (
        <PlaceRule handle={handle} value={rules.exif_place} onChange={(value) => set("exif_place", value)} />
      )}
    </>
  );
}

function TextRules({ slot, set }: PartProps) {
  const { t } = useTranslation("processes");
  const rules = slot.validators ?? {};
  return (
    <>
      <NumberProperty
        label={t("rules.length")}
        isWhole
        min={1}
        max={10_000}
        placeholder={t("rules.anyLength")}
        value={number(rules.min_length)}
        onChange={(length) => set("min_length", length)}
      />
      <TextProperty
        label={t("rules.phrases")}
        help={t("rules.phrasesHelp")}
        rows={2}
        value={texts(rules.phrases).join("\n")}
        onChange={(text) => {
          const lines = text
            .split("\n")
            .map((each) => each.trim())
            .filter(Boolean);
          set("phrases", lines.length > 0 ? lines : undefined);
        }}
      />
    </>
  );
}

/** What a proof must show, by its kind. */
export function ValidatorFields(props: ValidatorFieldsProps) {
  const { handle, slot, onChange } = props;
  const { t } = useTranslation("processes");
  const rules = slot.validators ?? {};
  const set = (name: string, value: unknown) => {
    const { [name]: _, ...rest } = rules;
    const next = value === undefined ? rest : { ...rest, [name]: value };
    onChange(Object.keys(next).length > 0 ? next : undefined);
  };
  if (slot.kind === "file" || slot.kind === "image") return <FileRules {...props} set={set} />;
  if (slot.kind === "text") return <TextRules {...props} set={set} />;
  if (slot.kind === "link")
    return (
      <SelectProperty
        label={t("rules.entity")}
        value={String(rules.entity ?? "")}
        empty={t("rules.anyEntity")}
        options={(handle.draft.definitions.entities ?? [])
          .filter((each) => !each.parent)
          .map((each) => ({ value: each.key, label: handle.text(each.label, each.key) }))}
        onChange={(entity) => set("entity", entity || undefined)}
      />
    );
  const named = EVENTS.map((each) => ({
    value: each as string,
    label: t(
      `events.${each.replace(".", "_").replace(":", "_") as "task_done_todo" | "task_done" | "record_updated" | "comment_added"}`,
    ),
  }));
  return (
    <SelectProperty
      label={t("rules.event")}
      value={String(rules.event ?? "")}
      options={named}
      onChange={(event) => set("event", event)}
    />
  );
}
