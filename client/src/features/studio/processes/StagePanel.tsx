import { ChevronLeft, ChevronRight, Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Stage } from "@/api/types/studio";
import { Button, IconButton } from "@/ui/Button";
import { FieldFrame } from "@/ui/controls";
import { COLOURS, colourVariables, Notice } from "@/ui/surfaces";
import { DescriptionField } from "../parts/DescriptionField";
import { LabelField } from "../parts/LabelField";
import { ProblemText, PropertyPanel, PropertySection, SelectProperty } from "../parts/PropertyPanel";
import { FieldsChoice } from "./Choices";
import { EvidenceEditor } from "./EvidenceEditor";
import { put, shiftStage, stagePath } from "./edits";
import { LimitEditor } from "./LimitEditor";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

interface StagePanelProps {
  handle: ProcessHandle;
  stage: Stage;
  onInsert: () => void;
  onRemove: () => void;
}

function Colours({ value, onChange }: { value: string; onChange: (colour: string) => void }) {
  const { t } = useTranslation("processes");
  return (
    <FieldFrame label={t("stage.colour")}>
      {() => (
        <div className={styles.colours} role="radiogroup" aria-label={t("stage.colour")}>
          {COLOURS.map((colour) => (
            // biome-ignore lint/a11y/useSemanticElements: a swatch is no radio button
            <button
              key={colour}
              type="button"
              role="radio"
              aria-checked={colour === value}
              aria-label={t(`colours.${colour}`)}
              title={t(`colours.${colour}`)}
              style={colourVariables(colour)}
              onClick={() => onChange(colour)}
            />
          ))}
        </div>
      )}
    </FieldFrame>
  );
}

/** What a stage demands and allows. */
export function StagePanel({ handle, stage, onInsert, onRemove }: StagePanelProps) {
  const { t } = useTranslation("processes");
  const { process, edit } = handle;
  const name = handle.text(stage.label, stage.key);
  const set = (setting: keyof Stage, value: unknown, what: string) =>
    edit([put(stagePath(process, stage.key, setting), value)], t("did.set", { what, of: name }));
  const at = process.stages.findIndex((each) => each.key === stage.key);
  const shift = (by: 1 | -1) => edit(shiftStage(process, stage.key, by), t("did.moved", { stage: name }));
  const problems = handle.draft.problemsAt(stagePath(process, stage.key));
  const kind = stage.kind ?? "open";
  const isDeadEnd = kind === "open" && !process.transitions?.some((each) => each.source.includes(stage.key));
  return (
    <PropertyPanel
      title={name}
      note={t("stage.note", { key: stage.key })}
      actions={
        <span className={styles.tools}>
          <IconButton label={t("stage.earlier")} disabled={at === 0} onClick={() => shift(-1)}>
            <ChevronLeft size={16} />
          </IconButton>
          <IconButton label={t("stage.later")} disabled={at === process.stages.length - 1} onClick={() => shift(1)}>
            <ChevronRight size={16} />
          </IconButton>
          <IconButton label={t("stage.remove")} disabled={process.stages.length === 1} onClick={onRemove}>
            <Trash2 size={16} />
          </IconButton>
        </span>
      }
    >
      {problems.length > 0 && (
        <div className={styles.problems}>
          {problems.map((each) => (
            <ProblemText key={each.path.join("/") + each.code}>{each.message}</ProblemText>
          ))}
        </div>
      )}
      {isDeadEnd && (
        <div className={styles.warning}>
          <Notice kind="warning">{t("stage.deadEnd")}</Notice>
        </div>
      )}
      <PropertySection title={t("stage.basics")} open>
        <LabelField
          label={t("stage.name")}
          required
          value={stage.label}
          onChange={(label) => label && set("label", label, t("stage.name"))}
        />
        <DescriptionField path={stagePath(process, stage.key)} item={stage} />
        <Colours
          value={stage.colour ?? "blue"}
          onChange={(colour) => set("colour", colour === "blue" ? undefined : colour, t("stage.colour"))}
        />
        <SelectProperty
          label={t("stage.kind")}
          value={kind}
          options={(["open", "won", "lost"] as const).map((each) => ({ value: each, label: t(`stage.kinds.${each}`) }))}
          onChange={(chosen) => set("kind", chosen === "open" ? undefined : chosen, t("stage.kind"))}
        />
        <div>
          <Button small icon={<Plus size={14} />} onClick={onInsert}>
            {t("stage.insertAfter")}
          </Button>
        </div>
      </PropertySection>
      <PropertySection title={t("stage.enter")} open count={stage.required?.length ?? 0}>
        <FieldsChoice
          handle={handle}
          label={t("stage.required")}
          help={t("stage.requiredHelp")}
          value={stage.required}
          onChange={(value) => set("required", value, t("stage.required"))}
        />
      </PropertySection>
      <PropertySection title={t("stage.leave")} open count={stage.evidence?.length ?? 0}>
        <EvidenceEditor handle={handle} stage={stage} />
      </PropertySection>
      <PropertySection title={t("limit.title")} open={stage.limit !== undefined} count={stage.limit ? 1 : 0}>
        <LimitEditor handle={handle} stage={stage} onChange={(limit) => set("limit", limit, t("limit.title"))} />
      </PropertySection>
      <PropertySection
        title={t("stage.fields")}
        count={(stage.readonly?.length ?? 0) + (stage.open_when_frozen?.length ?? 0)}
      >
        <FieldsChoice
          handle={handle}
          label={t("stage.readonly")}
          help={t("stage.readonlyHelp")}
          value={stage.readonly}
          onChange={(value) => set("readonly", value, t("stage.readonly"))}
        />
        <FieldsChoice
          handle={handle}
          label={t("stage.openWhenFrozen")}
          help={t("stage.openWhenFrozenHelp")}
          value={stage.open_when_frozen}
          onChange={(value) => set("open_when_frozen", value, t("stage.openWhenFrozen"))}
        />
      </PropertySection>
    </PropertyPanel>
  );
}
