import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { useDraft } from "../../draft/useDraft";
import { IconChoice } from "../../parts/IconChoice";
import { LabelField } from "../../parts/LabelField";
import { labelText } from "../../parts/labels";
import { OwnersSection } from "../../parts/OwnersSection";
import { ProblemText, PropertyPanel, PropertySection, SelectProperty } from "../../parts/PropertyPanel";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";
import { DuplicateGroups } from "./DuplicateGroups";
import { RulesEditor } from "./RulesEditor";

/** What concerns the form as a whole. */
export function EntityPanel() {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { entity, edit, typeOf } = useDesigner();
  const { problemsAt } = useDraft();
  const path = ["entities", entity.key];
  const put = <K extends keyof Entity>(name: K, value: Entity[K] | null | undefined) =>
    edit(
      [{ op: "put", path: [...path, name], value: value ?? null }],
      t("done.form", { label: labelText(entity.label, language) }),
    );
  const at = (name: string) => problemsAt([...path, name])[0]?.message;
  const titles = entity.fields.filter((field) => typeOf(field.type)?.takes.title);
  const layoutProblems = problemsAt([...path, "layout"]);
  return (
    <PropertyPanel title={t("form.title")} note={t("form.note", { key: entity.key })}>
      <div className={styles.panelBody}>
        {layoutProblems.map((each) => (
          <ProblemText key={each.path.join("/")}>{each.message}</ProblemText>
        ))}
        <LabelField
          label={t("form.name")}
          value={entity.label}
          required
          problem={at("label")}
          onChange={(label) => label && put("label", label)}
        />
        <SelectProperty
          label={t("form.titleField")}
          help={t("form.titleHelp")}
          value={entity.title}
          problem={at("title")}
          onChange={(value) => put("title", value)}
          options={titles.map((field) => ({ value: field.key, label: labelText(field.label, language) }))}
        />
        <IconChoice
          dense
          label={t("form.icon")}
          value={entity.icon ?? "table"}
          onChange={(icon) => put("icon", icon)}
        />
        <LabelField
          label={t("form.description")}
          value={entity.description}
          rows={2}
          onChange={(label) => put("description", label)}
        />
      </div>
      <PropertySection title={t("form.rules")} count={entity.rules?.length ?? 0}>
        <RulesEditor
          rules={entity.rules ?? []}
          help={t("form.rulesHelp")}
          problems={problemsAt([...path, "rules"])}
          onChange={(rules) => put("rules", rules.length > 0 ? rules : null)}
        />
      </PropertySection>
      {!entity.parent && (
        <PropertySection title={t("form.duplicates")} count={entity.duplicates?.length ?? 0}>
          <DuplicateGroups
            groups={entity.duplicates ?? []}
            problems={problemsAt([...path, "duplicates"])}
            onChange={(groups) => put("duplicates", groups.length > 0 ? groups : null)}
          />
        </PropertySection>
      )}
      <OwnersSection collection="entities" item={entity} />
    </PropertyPanel>
  );
}
