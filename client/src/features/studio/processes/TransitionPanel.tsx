import { Split, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Transition } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { listed } from "@/model/words";
import { Button, IconButton } from "@/ui/Button";
import { FormulaField } from "../formula/FormulaField";
import { DescriptionField } from "../parts/DescriptionField";
import { LabelField } from "../parts/LabelField";
import { ManyChoice } from "../parts/ManyChoice";
import { ProblemText, PropertyPanel, PropertySection, SelectProperty, SwitchProperty } from "../parts/PropertyPanel";
import { useRoleOptions } from "./Choices";
import { EffectsEditor } from "./EffectsEditor";
import { put, transitionPath } from "./edits";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

interface TransitionPanelProps {
  handle: ProcessHandle;
  transition: Transition;
  onInsert: () => void;
  onRemoved: () => void;
}

/** A permitted move: from where to where, under which condition, by whom, and what it brings about. */
export function TransitionPanel({ handle, transition, onInsert, onRemoved }: TransitionPanelProps) {
  const { t } = useTranslation("processes");
  const { process, edit } = handle;
  const name = handle.text(transition.label, transition.key);
  const path = (...rest: string[]) => transitionPath(process, transition.key, ...rest);
  const set = (setting: keyof Transition, value: unknown, what: string) =>
    edit([put(path(setting), value)], t("did.set", { what, of: name }));
  const stages = process.stages.map((each) => ({ value: each.key, label: handle.text(each.label, each.key) }));
  const roles = useRoleOptions(handle);
  const sets = (handle.draft.definitions.option_sets ?? []).map((each) => ({
    value: each.key,
    label: handle.text(each.label, each.key),
  }));
  const problems = handle.draft.problemsAt(path());
  const from = listed(transition.source.map(handle.stageName), useLanguage());
  return (
    <PropertyPanel
      title={name}
      note={`${from} → ${handle.stageName(transition.target)}`}
      actions={
        <IconButton
          label={t("transition.remove")}
          onClick={() => {
            edit([{ op: "drop", path: path() }], t("did.removed", { what: name }));
            onRemoved();
          }}
        >
          <Trash2 size={16} />
        </IconButton>
      }
    >
      {problems.length > 0 && (
        <div className={styles.problems}>
          {problems.map((each) => (
            <ProblemText key={each.path.join("/") + each.code}>{each.message}</ProblemText>
          ))}
        </div>
      )}
      <PropertySection title={t("transition.basics")} open>
        <LabelField
          label={t("transition.name")}
          required
          value={transition.label}
          onChange={(label) => label && set("label", label, t("transition.name"))}
        />
        <DescriptionField path={path()} item={transition} />
        <ManyChoice
          label={t("transition.source")}
          value={transition.source}
          options={stages.filter((each) => each.value !== transition.target)}
          onChange={(source) => source && set("source", source, t("transition.source"))}
        />
        <SelectProperty
          label={t("transition.target")}
          value={transition.target}
          options={stages.filter((each) => !transition.source.includes(each.value))}
          onChange={(target) => set("target", target, t("transition.target"))}
        />
        <SwitchProperty
          label={t("transition.backward")}
          help={t("transition.backwardHelp")}
          value={transition.backward ?? false}
          onChange={(value) => set("backward", value || undefined, t("transition.backward"))}
        />
        <div>
          <Button small icon={<Split size={14} />} onClick={onInsert}>
            {t("transition.insert")}
          </Button>
        </div>
      </PropertySection>
      <PropertySection title={t("transition.condition")} open count={transition.guard ? 1 : 0}>
        <FormulaField
          entity={process.entity}
          label={t("transition.guard")}
          help={t("transition.guardHelp")}
          expects="bool"
          value={transition.guard ?? ""}
          onChange={(guard) => set("guard", guard || undefined, t("transition.guard"))}
        />
        <LabelField
          label={t("transition.message")}
          help={t("transition.messageHelp")}
          value={transition.guard_message}
          onChange={(message) => set("guard_message", message, t("transition.message"))}
        />
        <ManyChoice
          label={t("transition.roles")}
          value={transition.roles}
          options={roles}
          placeholder={t("transition.anyRole")}
          onChange={(value) => set("roles", value, t("transition.roles"))}
        />
        <SelectProperty
          label={t("transition.reasons")}
          help={t("transition.reasonsHelp")}
          value={transition.reasons ?? ""}
          empty={t("transition.ownReasons")}
          options={sets}
          onChange={(value) => set("reasons", value || undefined, t("transition.reasons"))}
        />
      </PropertySection>
      <PropertySection title={t("effects.title")} open count={transition.effects?.length ?? 0}>
        <EffectsEditor
          handle={handle}
          effects={transition.effects ?? []}
          onChange={(effects) => set("effects", effects.length > 0 ? effects : undefined, t("effects.title"))}
        />
      </PropertySection>
    </PropertyPanel>
  );
}
