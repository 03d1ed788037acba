import { useTranslation } from "react-i18next";
import type { EntityCounts } from "@/api/modelling";
import type { Entity } from "@/api/types/studio";
import { iconOf } from "@/ui/icons";
import { colourVariables, EmptyState } from "@/ui/surfaces";
import { appOf, colourOfApp, type ModelRelation } from "./graph";
import styles from "./Model.module.css";
import type { Chosen } from "./ModelPage";
import { useModelEdits } from "./useModelEdits";

interface ModelListProps {
  entities: Entity[];
  relations: ModelRelation[];
  counts: EntityCounts | undefined;
  chosen: Chosen | null;
  onChoose: (chosen: Chosen) => void;
}

/** The model as a list: each form with its relations, for phones, keyboards and screen readers. */
export function ModelList({ entities, relations, counts, chosen, onChoose }: ModelListProps) {
  const { t } = useTranslation("model");
  const { definitions, name, entity: find } = useModelEdits();
  if (entities.length === 0) return <EmptyState title={t("nothingFound")} />;
  return (
    <ul className={styles.list} aria-label={t("list")}>
      {entities.map((entity) => {
        const Icon = iconOf(entity.icon);
        const app = definitions.apps?.find((each) => each.key === appOf(entity, definitions));
        return (
          <li key={entity.key} style={colourVariables(colourOfApp(app?.key ?? null, definitions))}>
            <button
              type="button"
              className={styles.listHead}
              aria-pressed={chosen?.id === entity.key}
              onClick={() => onChoose({ kind: "entity", id: entity.key })}
            >
              <Icon size={18} aria-hidden="true" />
              <strong>{name(entity.label, entity.key)}</strong>
              <small>
                {[
                  app && name(app.label),
                  t("fields", { count: entity.fields.length }),
                  counts?.counts[entity.key] !== undefined && t("records", { count: counts.counts[entity.key] }),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </button>
            <ul className={styles.fields}>
              {relations
                .filter((each) => each.entity === entity.key)
                .map((each) => (
                  <li key={each.id}>
                    <button type="button" onClick={() => onChoose({ kind: "relation", id: each.id })}>
                      <span>
                        {name(each.field.label)} → {name(find(each.target)?.label)}
                      </span>
                      <small>{t(`cardinality.${each.cardinality}`)}</small>
                    </button>
                  </li>
                ))}
            </ul>
          </li>
        );
      })}
    </ul>
  );
}
