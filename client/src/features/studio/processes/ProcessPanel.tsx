import { useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Process } from "@/api/types/studio";
import { IconButton } from "@/ui/Button";
import { DescriptionField } from "../parts/DescriptionField";
import { LabelField } from "../parts/LabelField";
import { OwnersSection } from "../parts/OwnersSection";
import {
  NumberProperty,
  ProblemText,
  PropertyPanel,
  PropertySection,
  SelectProperty,
  SwitchProperty,
} from "../parts/PropertyPanel";
import { FieldsChoice } from "./Choices";
import { EffectsEditor } from "./EffectsEditor";
import { put } from "./edits";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

/** What holds for the whole process: its name, where records begin, what every move asks for. */
export function ProcessPanel({ handle }: { handle: ProcessHandle }) {
  const { t } = useTranslation("processes");
  const navigate = useNavigate();
  const { process, edit } = handle;
  const name = handle.text(process.label, process.key);
  const set = (setting: keyof Process, value: unknown, what: string) =>
    edit([put(["processes", process.key, setting], value)], t("did.set", { what, of: name }));
  const sets = (handle.draft.definitions.option_sets ?? []).map((each) => ({
    value: each.key,
    label: handle.text(each.label, each.key),
  }));
  const problems = handle.draft
    .problemsAt(["processes", process.key])
    .filter((each) => !["stages", "transitions"].includes(String(each.path[2])));
  return (
    <PropertyPanel
      title={name}
      note={handle.text(handle.entity?.label, process.entity)}
      actions={
        <IconButton
          label={t("process.remove")}
          onClick={() => {
            edit([{ op: "drop", path: ["processes", process.key] }], t("did.removed", { what: name }));
            void navigate({ to: "/studio/processes" });
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
      <PropertySection title={t("process.basics")} open>
        <LabelField
          label={t("process.name")}
          required
          value={process.label}
          onChange={(label) => label && set("label", label, t("process.name"))}
        />
        <DescriptionField path={["processes", process.key]} item={process} />
        <SelectProperty
          label={t("process.initial")}
          value={process.initial}
          options={process.stages.map((each) => ({ value: each.key, label: handle.text(each.label, each.key) }))}
          onChange={(value) => set("initial", value, t("process.initial"))}
        />
      </PropertySection>
      <PropertySection title={t("effects.atStart")} count={process.on_create?.length ?? 0} open>
        <EffectsEditor
          atStart
          handle={handle}
          effects={process.on_create ?? []}
          onChange={(effects) => set("on_create", effects.length > 0 ? effects : undefined, t("effects.atStart"))}
        />
      </PropertySection>
      <PropertySection title={t("process.asked")} open>
        <SelectProperty
          label={t("process.reasons")}
          help={t("process.reasonsHelp")}
          value={process.reasons ?? ""}
          empty={t("process.noReasons")}
          options={sets}
          onChange={(value) => set("reasons", value || undefined, t("process.reasons"))}
        />
        <SwitchProperty
          label={t("process.remark")}
          value={process.remark_required ?? true}
          onChange={(value) => set("remark_required", value ? undefined : false, t("process.remark"))}
        />
        {(process.remark_required ?? true) && (
          <NumberProperty
            label={t("process.remarkMinimum")}
            help={t("process.remarkHelp")}
            isWhole
            min={1}
            max={500}
            value={process.remark_minimum ?? 1}
            onChange={(value) => set("remark_minimum", value === 1 ? undefined : value, t("process.remarkMinimum"))}
          />
        )}
      </PropertySection>
      <PropertySection title={t("process.cards")} count={process.background?.length ?? 0}>
        <FieldsChoice
          handle={handle}
          computed
          label={t("process.background")}
          help={t("process.backgroundHelp")}
          value={process.background}
          onChange={(value) => set("background", value, t("process.background"))}
        />
      </PropertySection>
      <OwnersSection collection="processes" item={process} />
    </PropertyPanel>
  );
}
