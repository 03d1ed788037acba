import { useTranslation } from "react-i18next";
import type { Template } from "@/api/types/entrances";
import { colourVariables } from "@/ui/surfaces";
import styles from "./Templates.module.css";

/** The stages of a process, side by side, as its board will show them. */
export function StageLane({ stages }: { stages: Template["stages"] }) {
  const { t } = useTranslation("entrances");
  return (
    <ol className={styles.lane} aria-label={t("templates.stages")}>
      {stages.map((stage) => (
        <li key={stage.label} className={styles.stage} style={colourVariables(stage.colour)}>
          {stage.label}
          {stage.demands > 0 && <small>{t("templates.demands", { count: stage.demands })}</small>}
        </li>
      ))}
    </ol>
  );
}

/** A form's fields with their types. */
export function FormSketch({ entity }: { entity: Template["entities"][number] }) {
  const { t } = useTranslation("entrances");
  return (
    <section className={styles.form}>
      <h4>{entity.label}</h4>
      <ul>
        {entity.fields.map((field) => (
          <li key={field.label}>
            <span>
              {field.label}
              {field.required && (
                <span className={styles.star} title={t("templates.required")}>
                  {" "}
                  *
                </span>
              )}
            </span>
            <small>{field.type_label}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
