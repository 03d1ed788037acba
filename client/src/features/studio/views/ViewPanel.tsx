import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { VIEW_KINDS } from "@/api/types";
import type { View } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { labelText } from "../parts/labels";
import { OwnersSection } from "../parts/OwnersSection";
import { PropertyPanel, PropertySection, SelectProperty } from "../parts/PropertyPanel";
import { RoleChoice } from "../parts/RoleChoice";
import { ColourSettings } from "./ColourSettings";
import { ConditionEditor } from "./ConditionEditor";
import { FieldsEditor } from "./FieldsEditor";
import { listable } from "./fields";
import { KindSettings } from "./KindSettings";
import { ColumnSettings } from "./ListSettings";
import { MenuSwitches } from "./MenuSwitches";
import { GroupSettings, MeasureSettings, SortSettings } from "./OrderSettings";
import { useFieldChoices } from "./useFieldChoices";
import styles from "./Views.module.css";

interface PanelProps {
  view: View;
  onMove: (by: number) => void;
  onDelete: () => void;
}

/** Everything that can be said about a view. Each change goes into the draft at once. */
export function ViewPanel({ view, onMove, onDelete }: PanelProps) {
  const { t } = useTranslation(["designer", "views"]);
  const language = useLanguage();
  const draft = useDraft();
  const fields = useFieldChoices(view.entity);
  const here = ["views", view.key];
  const name = labelText(view.label, language);
  const kind = view.kind ?? "grid";
  const put = (path: string[], value: unknown) =>
    draft.edit([{ op: "put", path: [...here, ...path], value: value ?? null }], t("designer:changed", { name }));
  const problemAt = (path: string[]) => draft.problemsAt([...here, ...path])[0]?.message ?? null;
  const props = { view, fields, put };
  const isTable = kind === "grid";
  return (
    <PropertyPanel
      title={name || t("designer:unnamed")}
      note={`${labelText(draft.definitions.entities?.find((each) => each.key === view.entity)?.label, language)} · ${view.key}`}
      actions={
        <span className={styles.tools}>
          <IconButton small label={t("designer:up", { name })} onClick={() => onMove(-1)}>
            <ArrowUp size={15} />
          </IconButton>
          <IconButton small label={t("designer:down", { name })} onClick={() => onMove(1)}>
            <ArrowDown size={15} />
          </IconButton>
          <IconButton small label={t("designer:delete", { name })} onClick={onDelete}>
            <Trash2 size={15} />
          </IconButton>
        </span>
      }
    >
      <PropertySection title={t("designer:basics")} open>
        <LabelField
          label={t("designer:name")}
          required
          value={view.label}
          problem={problemAt(["label"])}
          onChange={(label) => put(["label"], label ?? { zh: "" })}
        />
        <SelectProperty
          label={t("designer:kind")}
          value={kind}
          options={VIEW_KINDS.map((value) => ({ value, label: t(`views:kinds.${value}`) }))}
          problem={problemAt(["kind"])}
          onChange={(value) => put(["kind"], value === "grid" ? undefined : value)}
        />
        <KindSettings {...props} problemAt={problemAt} />
      </PropertySection>
      {isTable && (
        <PropertySection title={t("designer:columns")} count={view.columns?.length ?? 0}>
          <ColumnSettings {...props} />
        </PropertySection>
      )}
      {!isTable && (
        <PropertySection title={t("designer:card")} count={view.card?.length ?? 0}>
          <FieldsEditor
            entity={view.entity}
            label={t("designer:card")}
            add={t("designer:addField")}
            fields={listable(fields)}
            value={view.card ?? []}
            onChange={(card) => put(["card"], card.length > 0 ? card : undefined)}
          />
        </PropertySection>
      )}
      <PropertySection title={t("designer:filter")} count={view.filter ? 1 : 0}>
        <ConditionEditor
          key={view.key}
          entity={view.entity}
          value={view.filter}
          onChange={(filter) => put(["filter"], filter)}
        />
      </PropertySection>
      <PropertySection title={t("designer:sort")} count={view.sort?.length ?? 0}>
        <SortSettings {...props} />
      </PropertySection>
      {(isTable || kind === "board") && (
        <PropertySection title={t("designer:measures")} count={view.measures?.length ?? 0}>
          <MeasureSettings {...props} />
        </PropertySection>
      )}
      {isTable && (
        <PropertySection title={t("designer:groups")} count={view.groups?.length ?? (view.group ? 1 : 0)}>
          <GroupSettings {...props} />
        </PropertySection>
      )}
      <PropertySection title={t("designer:colourRules")} count={view.colours?.length ?? 0}>
        <ColourSettings key={view.key} {...props} />
      </PropertySection>
      <PropertySection title={t("designer:visibility")} count={view.roles?.length ?? 0}>
        <RoleChoice
          label={t("designer:roles")}
          value={view.roles ?? []}
          everybody={t("designer:everybody")}
          onChange={(roles) => put(["roles"], roles.length > 0 ? roles : undefined)}
        />
        <MenuSwitches target={{ view: view.key }} label={view.label} />
      </PropertySection>
      <OwnersSection collection="views" item={view} />
    </PropertyPanel>
  );
}
