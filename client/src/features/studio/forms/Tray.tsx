import { EyeOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FieldTypeKey } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import styles from "./Forms.module.css";
import { useDesigner } from "./useDesigner";

/** Fields that the form does not show: in lists and formulas alone, or nowhere. */
export function Tray() {
  const { t } = useTranslation("forms");
  const { entity, board, selection, choose, name } = useDesigner();
  const fields = entity.fields.filter((field) => field.hidden || board.hidden.includes(field.key));
  if (fields.length === 0) return null;
  return (
    <section className={styles.tray} aria-label={t("canvas.tray")}>
      <h3>
        <EyeOff size={14} aria-hidden="true" />
        {t("canvas.tray")}
      </h3>
      <div>
        {fields.map((field) => {
          const Icon = fieldViews[field.type as FieldTypeKey]?.icon;
          return (
            <button
              key={field.key}
              type="button"
              data-block={field.key}
              aria-pressed={selection.kind === "field" && selection.key === field.key}
              onClick={() => choose({ kind: "field", key: field.key })}
            >
              {Icon && <Icon size={14} aria-hidden="true" />}
              {name(field)}
            </button>
          );
        })}
      </div>
    </section>
  );
}
