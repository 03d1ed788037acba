import { ArrowLeft, ArrowRight, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/Button";
import { LabelField } from "../../parts/LabelField";
import { PropertyPanel } from "../../parts/PropertyPanel";
import { changedTab, type FullTab, movedTab, withoutTab } from "../arrangement";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";

/** A tab's name and place. */
export function TabPanel({ tab }: { tab: FullTab }) {
  const { t } = useTranslation("forms");
  const { board, arrange, select } = useDesigner();
  const move = (step: 1 | -1) => arrange(movedTab(board, tab.key, step), t("done.tabMoved"));
  return (
    <PropertyPanel
      title={t("tab.title")}
      actions={
        <span className={styles.headTools}>
          <IconButton small label={t("tab.before")} onClick={() => move(-1)}>
            <ArrowLeft size={15} />
          </IconButton>
          <IconButton small label={t("tab.behind")} onClick={() => move(1)}>
            <ArrowRight size={15} />
          </IconButton>
          <IconButton
            small
            label={t("tab.remove")}
            disabled={board.tabs.length === 1}
            onClick={() => {
              arrange(withoutTab(board, tab.key), t("done.tabRemoved"));
              select({ kind: "form" });
            }}
          >
            <Trash2 size={15} />
          </IconButton>
        </span>
      }
    >
      <div className={styles.panelBody}>
        <LabelField
          label={t("tab.name")}
          value={tab.label}
          required={board.tabs.length > 1}
          onChange={(label) => arrange(changedTab(board, tab.key, { label }), t("done.tabChanged"))}
        />
        <p className={styles.hint}>{t("tab.help")}</p>
      </div>
    </PropertyPanel>
  );
}
