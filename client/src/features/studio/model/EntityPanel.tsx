import { Link } from "@tanstack/react-router";
import { PencilRuler, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity } from "@/api/types/studio";
import { buttonClass, IconButton } from "@/ui/Button";
import { useDraft } from "../draft/useDraft";
import { LabelField } from "../parts/LabelField";
import { ProblemText, PropertyPanel, PropertySection } from "../parts/PropertyPanel";
import { DeleteDialog } from "../usages/DeleteDialog";
import { UsageList } from "../usages/UsageList";
import type { ModelRelation } from "./graph";
import styles from "./Model.module.css";
import type { Chosen } from "./ModelPage";
import { useModelEdits } from "./useModelEdits";

interface EntityPanelProps {
  entity: Entity;
  relations: ModelRelation[];
  onChoose: (chosen: Chosen) => void;
  onClose: () => void;
}

/** A form on the picture: its name, its relations, its fields with where each is used. */
export function EntityPanel({ entity, relations, onChoose, onClose }: EntityPanelProps) {
  const { t } = useTranslation(["model", "common"]);
  const edits = useModelEdits();
  const { problemsAt } = useDraft();
  const [deleting, setDeleting] = useState(false);
  const [asked, setAsked] = useState<string | null>(null);
  const name = edits.name(entity.label, entity.key);
  const path = ["entities", entity.key];
  const own = relations.filter((each) => each.entity === entity.key || each.target === entity.key);
  return (
    <aside className={styles.panel}>
      <PropertyPanel
        title={name}
        note={entity.key}
        actions={
          <>
            <IconButton small label={t("deleteEntity", { name })} onClick={() => setDeleting(true)}>
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
            label={t("entityName")}
            value={entity.label}
            required
            onChange={(label) => edits.rename(path, label, name)}
          />
          <Link to="/studio/forms/$entity" params={{ entity: entity.key }} className={buttonClass("plain")}>
            <PencilRuler size={15} aria-hidden="true" />
            {t("design")}
          </Link>
          {problemsAt(path)
            .slice(0, 3)
            .map((problem) => (
              <ProblemText key={`${problem.code}${problem.path.join()}`}>{problem.message}</ProblemText>
            ))}
        </div>
        <PropertySection title={t("relations")} open count={own.length}>
          {own.length === 0 && <p className={styles.quiet}>{t("noRelations")}</p>}
          <ul className={styles.fields}>
            {own.map((each) => (
              <li key={each.id}>
                <button type="button" onClick={() => onChoose({ kind: "relation", id: each.id })}>
                  <span>
                    {each.entity === entity.key
                      ? edits.name(each.field.label)
                      : `${edits.name(edits.entity(each.entity)?.label)} · ${edits.name(each.field.label)}`}
                  </span>
                  <small>{t(`cardinality.${each.cardinality}`)}</small>
                </button>
              </li>
            ))}
          </ul>
        </PropertySection>
        <PropertySection title={t("fields", { count: entity.fields.length })} count={entity.fields.length}>
          <ul className={styles.fields}>
            {entity.fields.map((field) => (
              <li key={field.key}>
                <button
                  type="button"
                  aria-expanded={asked === field.key}
                  onClick={() => setAsked(asked === field.key ? null : field.key)}
                >
                  <span>{edits.name(field.label, field.key)}</span>
                  <small>{t("whereUsed")}</small>
                </button>
                {asked === field.key && <UsageList used={{ kind: "field", key: field.key, entity: entity.key }} />}
              </li>
            ))}
          </ul>
        </PropertySection>
        <PropertySection title={t("usages.title")}>
          <UsageList used={{ kind: "entity", key: entity.key }} />
        </PropertySection>
      </PropertyPanel>
      {deleting && (
        <DeleteDialog
          title={t("deleteEntitySure", { name })}
          text={t("deleteEntityText")}
          confirm={t("deleteEntityDo")}
          used={{ kind: "entity", key: entity.key }}
          onClose={() => setDeleting(false)}
          onConfirm={() => {
            edits.dropEntity(entity);
            onClose();
          }}
        />
      )}
    </aside>
  );
}
