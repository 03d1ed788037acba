import { Trash2, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/Button";
import { LabelField } from "../parts/LabelField";
import { PropertyPanel, PropertySection } from "../parts/PropertyPanel";
import { DeleteDialog } from "../usages/DeleteDialog";
import { UsageList } from "../usages/UsageList";
import type { ModelRelation } from "./graph";
import styles from "./Model.module.css";
import type { Chosen } from "./ModelPage";
import { useModelEdits } from "./useModelEdits";

interface RelationPanelProps {
  relation: ModelRelation;
  onChoose: (chosen: Chosen) => void;
  onClose: () => void;
}

/** A relation: what it is called, which forms it ties together, where it is used. */
export function RelationPanel({ relation, onChoose, onClose }: RelationPanelProps) {
  const { t } = useTranslation(["model", "common"]);
  const edits = useModelEdits();
  const [deleting, setDeleting] = useState(false);
  const name = edits.name(relation.field.label, relation.field.key);
  const source = edits.name(edits.entity(relation.entity)?.label, relation.entity);
  const target = edits.name(edits.entity(relation.target)?.label, relation.target);
  const used = { kind: "field" as const, key: relation.field.key, entity: relation.entity };
  return (
    <aside className={styles.panel}>
      <PropertyPanel
        title={name}
        note={t(`words.${relation.cardinality}`, { source, target })}
        actions={
          <>
            <IconButton small label={t("deleteRelation", { name })} onClick={() => setDeleting(true)}>
              <Trash2 size={16} />
            </IconButton>
            <IconButton small label={t("common:actions.close")} onClick={onClose}>
              <X size={16} />
            </IconButton>
          </>
        }
      >
        <div className={styles.inside}>
          <LabelField
            label={t("relationName")}
            value={relation.field.label}
            required
            onChange={(label) => edits.rename(["entities", relation.entity, "fields", relation.field.key], label, name)}
          />
          <ul className={styles.fields}>
            {[
              { key: relation.entity, label: source },
              { key: relation.target, label: target },
            ].map((each) => (
              <li key={each.key}>
                <button type="button" onClick={() => onChoose({ kind: "entity", id: each.key })}>
                  <span>{each.label}</span>
                  <small>{t("show")}</small>
                </button>
              </li>
            ))}
          </ul>
        </div>
        <PropertySection title={t("usages.title")} open>
          <UsageList used={used} />
        </PropertySection>
      </PropertyPanel>
      {deleting && (
        <DeleteDialog
          title={t("deleteRelationSure", { name })}
          text={t("deleteRelationText")}
          confirm={t("deleteRelationDo")}
          used={used}
          onClose={() => setDeleting(false)}
          onConfirm={() => {
            edits.dropRelation(relation);
            onClose();
          }}
        />
      )}
    </aside>
  );
}
