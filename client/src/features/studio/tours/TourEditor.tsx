import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TourDef, TourStepDef } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button, IconButton } from "@/ui/Button";
import { Panel } from "@/ui/surfaces";
import { distinctKey } from "../draft/keys";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText, newLabel } from "../parts/labels";
import { NumberProperty, ProblemText, PropertyPanel, PropertySection, SelectProperty } from "../parts/PropertyPanel";
import { RoleChoice } from "../parts/RoleChoice";
import { reordered, SortableList } from "../views/SortableList";
import { StepEditor } from "./StepEditor";
import styles from "./Tours.module.css";

/** One tour: whom it is for, and its steps in order; the chosen step is edited below the list. */
export function TourEditor({ tour }: { tour: TourDef }) {
  const { t } = useTranslation(["tours", "roles"]);
  const language = useLanguage();
  const { edit, problemsAt } = useDraft();
  const [open, setOpen] = useState<string | null>(tour.steps[0]?.key ?? null);
  const path = ["tours", tour.key];
  const name = labelText(tour.label, language) || tour.key;
  const put = (setting: keyof TourDef, value: unknown) =>
    edit([{ op: "put", path: [...path, setting], value: value ?? null }], t("tours:changed", { name }));
  const save = (steps: TourStepDef[]) => put("steps", steps);
  const step = tour.steps.find((each) => each.key === open);
  const add = () => {
    const taken = tour.steps.map((each) => each.key);
    const key = distinctKey("step", taken);
    const said = (text: string) => newLabel(text, language);
    save([...tour.steps, { key, label: said(t("tours:newStep")), text: said(t("tours:newText")) }]);
    setOpen(key);
  };
  const items = tour.steps.map((each, index) => ({
    id: each.key,
    name: labelText(each.label, language) || String(index + 1),
    content: (
      <button type="button" className={styles.step} aria-expanded={each.key === open} onClick={() => setOpen(each.key)}>
        <span>{index + 1}</span>
        {labelText(each.label, language) || each.key}
      </button>
    ),
  }));
  return (
    <Panel flush>
      <PropertyPanel
        title={name}
        note={tour.key}
        actions={
          <IconButton
            small
            label={t("tours:delete", { name })}
            onClick={() => edit([{ op: "drop", path }], t("tours:deleted", { name }))}
          >
            <Trash2 size={15} />
          </IconButton>
        }
      >
        <PropertySection title={t("tours:basics")} open>
          {problemsAt(path).map((each) => (
            <ProblemText key={each.path.join("/") + each.code}>{each.message}</ProblemText>
          ))}
          <LabelField
            label={t("tours:name")}
            required
            value={tour.label}
            onChange={(label) => put("label", label ?? { zh: "" })}
          />
          <LabelField
            label={t("tours:description")}
            value={tour.description}
            onChange={(text) => put("description", text)}
          />
          <NumberProperty
            label={t("tours:minutes")}
            isWhole
            min={1}
            max={240}
            value={tour.minutes ?? 10}
            onChange={(minutes) => put("minutes", minutes === 10 ? undefined : minutes)}
          />
        </PropertySection>
        <PropertySection title={t("tours:audience")} open>
          <SelectProperty
            label={t("tours:ability")}
            value={tour.ability ?? ""}
            empty={t("tours:noAbility")}
            options={(["build", "members", "audit", "health", "api_keys", "view_as"] as const).map((value) => ({
              value,
              label: t(`roles:abilityNames.${value}`),
            }))}
            onChange={(ability) => put("ability", ability || undefined)}
          />
          <RoleChoice
            label={t("tours:roles")}
            value={tour.roles ?? []}
            everybody={t("tours:everybody")}
            onChange={(roles) => put("roles", roles.length > 0 ? roles : undefined)}
          />
        </PropertySection>
        <PropertySection title={t("tours:stepList")} open>
          <SortableList
            label={t("tours:stepList")}
            items={items}
            onMove={(from, to) => save(reordered(tour.steps, from, to))}
            onRemove={(index) => save(tour.steps.filter((_, at) => at !== index))}
          />
          <Button small icon={<Plus size={14} />} onClick={add}>
            {t("tours:addStep")}
          </Button>
        </PropertySection>
        {step && (
          <PropertySection key={step.key} title={labelText(step.label, language) || step.key} open>
            <StepEditor
              step={step}
              onChange={(next) => save(tour.steps.map((each) => (each.key === next.key ? next : each)))}
            />
          </PropertySection>
        )}
      </PropertyPanel>
    </Panel>
  );
}
