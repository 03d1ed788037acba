import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { labelText } from "../parts/labels";
import styles from "./Forms.module.css";
import { useDesigner } from "./useDesigner";

/** The form's tabs, where it has any, and the way to its own properties. */
export function CanvasTabs() {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { entity, board, tab, showTab, selection, choose } = useDesigner();
  return (
    <div className={styles.paperHead}>
      <button
        type="button"
        className={styles.formHead}
        aria-pressed={selection.kind === "form"}
        onClick={() => choose({ kind: "form" })}
      >
        {t("canvas.newRecord", { form: labelText(entity.label, language) })}
      </button>
      {board.tabs.length > 1 && (
        <div className={styles.canvasTabs}>
          {board.tabs.map((each) => (
            <button
              key={each.key}
              type="button"
              aria-pressed={each.key === tab}
              onClick={() => {
                showTab(each.key);
                choose({ kind: "tab", key: each.key });
              }}
            >
              {labelText(each.label, language) || t("canvas.unnamedTab")}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
