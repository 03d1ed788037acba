import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition, NumberDef } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { Panel } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import { OwnersSection } from "../parts/OwnersSection";
import { ProblemText, PropertyPanel, PropertySection, SelectProperty, SwitchProperty } from "../parts/PropertyPanel";
import { RoleChoice } from "../parts/RoleChoice";
import { DeleteDialog } from "../usages/DeleteDialog";
import { ConditionEditor } from "../views/ConditionEditor";
import { FIGURES, ofTypes } from "../views/fields";
import { useFieldChoices } from "../views/useFieldChoices";

/** Everything: a filter that every record meets. */
const ALL: Condition = { and: [] };
const MEASURES = ["sum", "avg", "min", "max"] as const;

interface FigureProps {
  figure: NumberDef;
}

/** What one figure counts or adds up, over which records, and who sees it. */
export function FigureEditor({ figure }: FigureProps) {
  const { t } = useTranslation("figures");
  const language = useLanguage();
  const draft = useDraft();
  const [deleting, setDeleting] = useState(false);
  const path = ["numbers", figure.key];
  const name = labelText(figure.label, language) || figure.key;
  const put = (setting: keyof NumberDef, value: unknown) =>
    draft.edit([{ op: "put", path: [...path, setting], value: value ?? null }], t("changed", { name }));
  const views = (draft.definitions.views ?? []).filter((each) => each.entity === figure.entity);
  const props = { figure, put };
  return (
    <Panel flush>
      <PropertyPanel
        title={name}
        note={figure.key}
        actions={
          <IconButton small label={t("delete", { name })} onClick={() => setDeleting(true)}>
            <Trash2 size={15} />
          </IconButton>
        }
      >
        <PropertySection title={t("what")} open>
          {draft.problemsAt(path).map((each) => (
            <ProblemText key={each.path.join("/") + each.code}>{each.message}</ProblemText>
          ))}
          <LabelField
            label={t("name")}
            required
            value={figure.label}
            onChange={(label) => put("label", label ?? { zh: "" })}
          />
          <LabelField
            label={t("description")}
            value={figure.description}
            onChange={(description) => put("description", description)}
          />
          <Measured {...props} />
          <LabelField
            label={t("unit")}
            help={t("unitHelp")}
            value={figure.unit}
            onChange={(unit) => put("unit", unit)}
          />
        </PropertySection>
        <PropertySection title={t("records")} open>
          <ConditionEditor
            key={figure.entity}
            entity={figure.entity}
            value={figure.filter}
            onChange={(filter) => put("filter", filter)}
          />
        </PropertySection>
        <PropertySection title={t("share")} open={Boolean(figure.of)}>
          <SwitchProperty
            label={t("isShare")}
            help={t("shareHelp")}
            value={Boolean(figure.of)}
            onChange={(isShare) => put("of", isShare ? ALL : undefined)}
          />
          {figure.of && (
            <ConditionEditor
              key={figure.entity}
              entity={figure.entity}
              value={figure.of}
              onChange={(of) => put("of", of ?? ALL)}
            />
          )}
        </PropertySection>
        <PropertySection title={t("where")} open>
          <SelectProperty
            label={t("view")}
            help={t("viewHelp")}
            value={figure.view ?? ""}
            empty={t("anyView")}
            options={views.map(({ key, label }) => ({ value: key, label: labelText(label, language) }))}
            onChange={(view) => put("view", view || undefined)}
          />
          <RoleChoice
            label={t("roles")}
            value={figure.roles ?? []}
            everybody={t("everybody")}
            onChange={(roles) => put("roles", roles.length > 0 ? roles : undefined)}
          />
        </PropertySection>
        <OwnersSection collection="numbers" item={figure} />
      </PropertyPanel>
      {deleting && (
        <DeleteDialog
          title={t("delete", { name })}
          text={t("deleteText")}
          confirm={t("delete", { name })}
          used={{ kind: "number", key: figure.key }}
          onClose={() => setDeleting(false)}
          onConfirm={() => {
            setDeleting(false);
            draft.edit([{ op: "drop", path }], t("deleted", { name }));
          }}
        />
      )}
    </Panel>
  );
}

/** The form, and what is worked out of its records. */
function Measured({ figure, put }: FigureProps & { put: (setting: keyof NumberDef, value: unknown) => void }) {
  const { t } = useTranslation(["figures", "records"]);
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const fields = ofTypes(useFieldChoices(figure.entity), FIGURES);
  const { do: measure, field = "" } = figure.measure;
  const path = ["numbers", figure.key];
  const ofForm = (entity: string) =>
    edit(
      [
        { op: "put", path: [...path, "entity"], value: entity },
        { op: "put", path: [...path, "measure"], value: { do: "count" } },
        ...(["filter", "of", "view"] as const)
          .filter((each) => figure[each] !== undefined)
          .map((each) => ({ op: "put" as const, path: [...path, each], value: null })),
      ],
      t("figures:changed", { name: labelText(figure.label, language) }),
    );
  return (
    <>
      <SelectProperty
        label={t("figures:form")}
        required
        value={figure.entity}
        options={(definitions.entities ?? []).map(({ key, label }) => ({
          value: key,
          label: labelText(label, language),
        }))}
        onChange={ofForm}
      />
      <SelectProperty
        label={t("figures:measure")}
        value={measure === "count" ? "count" : `${measure}:${field}`}
        options={[
          { value: "count", label: t("figures:count") },
          ...fields.flatMap(({ key, label }) =>
            MEASURES.map((each) => ({
              value: `${each}:${key}`,
              label: `${label} · ${t(`records:measureNames.${each}`)}`,
            })),
          ),
        ]}
        onChange={(value) => {
          const [what = "count", of] = value.split(":");
          put("measure", of ? { do: what, field: of } : { do: what });
        }}
      />
    </>
  );
}
