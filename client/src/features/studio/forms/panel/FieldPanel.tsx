import { Copy, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Field, Label } from "@/api/types/studio";
import { fieldViews } from "@/fields/registry";
import { IconButton } from "@/ui/Button";
import { makeKey } from "../../draft/keys";
import { useDraftStore } from "../../draft/store";
import { DescriptionField } from "../../parts/DescriptionField";
import { KeyField } from "../../parts/KeyField";
import { LabelField } from "../../parts/LabelField";
import { labelParts } from "../../parts/labels";
import { ProblemText, PropertyPanel, PropertySection, SwitchProperty } from "../../parts/PropertyPanel";
import styles from "../Forms.module.css";
import { entityOf, isNamed } from "../fieldOps";
import { useDesigner } from "../useDesigner";
import { AutomaticSection } from "./AutomaticSection";
import { ConditionsSection } from "./ConditionsSection";
import { PlaceSection } from "./PlaceSection";
import { RulesEditor } from "./RulesEditor";
import { Settings } from "./Settings";
import { TipsEditor } from "./TipsEditor";
import { TypeProperty } from "./TypeProperty";
import { useField } from "./useField";

/** Keys that were made here and follow the label until they are published. */
const ownKeys = new Set<string>();

/** Gives a new field a key that says what it is, once it has a name and as long as nothing names it. */
function useFollowingKey(field: Field) {
  const { t } = useTranslation("forms");
  const { entity, published, rekey: rekeyIn } = useDesigner();
  const isFixed = published?.fields.some((each) => each.key === field.key) ?? false;
  const rekey = (next: string) => {
    rekeyIn(field.key, next, t("done.key"));
    ownKeys.add(`${entity.key}/${next}`);
  };
  const follow = async (label: Label) => {
    const { zh, en } = labelParts(label);
    const isOwn = ownKeys.has(`${entity.key}/${field.key}`) || field.key.replace(/_\d+$/, "") === field.type;
    if (isFixed || !isOwn) return;
    const others = entity.fields.filter((each) => each.key !== field.key).map((each) => each.key);
    const next = await makeKey(/^[\w -]+$/.test(en) && !zh ? en : zh, others, field.type);
    const definitions = useDraftStore.getState().data?.definitions;
    const now = definitions && entityOf(definitions, entity.key);
    const isSame = JSON.stringify(now?.fields.find((each) => each.key === field.key)?.label) === JSON.stringify(label);
    if (!now || !isSame || next === field.key || isNamed(definitions, { ...now, title: "" }, field.key)) return;
    rekey(next);
  };
  return { isFixed, follow, rekey };
}

function Basics({ field }: { field: Field }) {
  const { t } = useTranslation("forms");
  const { entity, typeOf, identityOf } = useDesigner();
  const { put, rename, problem, problemsAt } = useField(field);
  const { isFixed, follow, rekey } = useFollowingKey(field);
  const takes = typeOf(field.type)?.takes;
  const shown = new Set(["label", "help", "type", "options", "required", "unique", "searchable", "key", "default"]);
  const rest = problemsAt().filter((each) => !shown.has(String(each.path[4])));
  return (
    <div className={styles.panelBody}>
      {rest.map((each) => (
        <ProblemText key={`${each.path.join("/")}${each.code}`}>{each.message}</ProblemText>
      ))}
      <LabelField
        label={t("field.label")}
        value={field.label}
        required
        problem={problem("label")}
        onChange={(label) => {
          rename(label ?? { zh: "" });
          if (label) void follow(label);
        }}
      />
      <TypeProperty field={field} />
      {takes?.required && (
        <SwitchProperty
          label={t("field.required")}
          value={field.required ?? false}
          problem={problem("required")}
          onChange={(on) => put("required", on)}
        />
      )}
      <Settings field={field} />
      {takes?.unique && (
        <SwitchProperty
          label={t("field.unique")}
          help={t("field.uniqueHelp")}
          value={field.unique ?? false}
          problem={problem("unique")}
          onChange={(on) => put("unique", on)}
        />
      )}
      {takes?.searchable && (
        <SwitchProperty
          label={t("field.searchable")}
          help={t("field.searchableHelp")}
          value={field.searchable ?? false}
          problem={problem("searchable")}
          onChange={(on) => put("searchable", on)}
        />
      )}
      <LabelField
        label={t("field.help")}
        help={t("field.helpHelp")}
        value={field.help}
        rows={2}
        onChange={(label) => put("help", label)}
      />
      <DescriptionField path={["entities", entity.key, "fields", field.key]} item={field} />
      <KeyField
        key={identityOf(field)}
        value={field.key}
        isFixed={isFixed}
        taken={entity.fields.map((each) => each.key)}
        onChange={rekey}
      />
    </div>
  );
}

/** Everything that a field can hold. */
export function FieldPanel({ field }: { field: Field }) {
  const { t } = useTranslation("forms");
  const { name, typeOf, duplicate, remove, identityOf } = useDesigner();
  const { put, problemsAt } = useField(field);
  const type = typeOf(field.type);
  const Icon = type ? fieldViews[type.key].icon : null;
  const conditions = [field.visible_if, field.required_if, ...Object.keys(field.options_if ?? {})].filter(Boolean);
  return (
    <PropertyPanel
      title={name(field)}
      note={
        <>
          {Icon && <Icon size={13} aria-hidden="true" />} {type?.label ?? field.type}
        </>
      }
      actions={
        <span className={styles.headTools}>
          <IconButton small label={t("duplicate", { field: name(field) })} onClick={() => duplicate(field.key)}>
            <Copy size={15} />
          </IconButton>
          <IconButton small label={t("remove.button", { field: name(field) })} onClick={() => remove(field.key)}>
            <Trash2 size={15} />
          </IconButton>
        </span>
      }
    >
      <Basics field={field} />
      <PropertySection title={t("section.place")}>
        <PlaceSection field={field} />
      </PropertySection>
      <PropertySection title={t("section.conditions")} count={conditions.length}>
        <ConditionsSection field={field} />
      </PropertySection>
      {type?.takes.default && (
        <PropertySection title={t("section.automatic")} count={field.default || field.set_when ? 1 : 0}>
          <AutomaticSection key={identityOf(field)} field={field} />
        </PropertySection>
      )}
      <PropertySection title={t("section.rules")} count={field.rules?.length ?? 0}>
        <RulesEditor
          rules={field.rules ?? []}
          help={t("rules.help")}
          first={`NOT(ISBLANK({${field.key}}))`}
          problems={problemsAt("rules")}
          onChange={(rules) => put("rules", rules.length > 0 ? rules : null)}
        />
      </PropertySection>
      <PropertySection title={t("section.tips")} count={Object.keys(field.tip_if ?? {}).length}>
        <TipsEditor field={field} />
      </PropertySection>
    </PropertyPanel>
  );
}
