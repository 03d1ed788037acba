import { useDroppable } from "@dnd-kit/react";
import { FolderPlus, PanelTop } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { Button } from "@/ui/Button";
import { classes } from "@/ui/classes";
import { labelText, newLabel } from "../parts/labels";
import { type FullGroup, freeKey, withGroup, withTab } from "./arrangement";
import { CanvasField } from "./CanvasField";
import { CanvasTabs } from "./CanvasTabs";
import type { Width } from "./Designer";
import styles from "./Forms.module.css";
import { Tray } from "./Tray";
import { useDesigner } from "./useDesigner";
import type { Spot } from "./useDesignerDrag";

/** The end of a group: where a field lands behind the others, and what an empty group shows. */
function GroupEnd({ group, isAimed }: { group: FullGroup; isAimed: boolean }) {
  const { t } = useTranslation("forms");
  const { ref } = useDroppable({ id: `group:${group.key}`, data: { group: group.key } });
  const isEmpty = group.fields.length === 0;
  return (
    <div ref={ref} className={styles.groupEnd} data-empty={isEmpty || undefined} data-aimed={isAimed || undefined}>
      {isEmpty && t("canvas.emptyGroup")}
    </div>
  );
}

function CanvasGroup({ group, spot, isOnly }: { group: FullGroup; spot: Spot | null; isOnly: boolean }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { entity, selection, choose } = useDesigner();
  const isChosen = selection.kind === "group" && selection.key === group.key;
  const label = labelText(group.label, language);
  const columns = group.columns ?? 2;
  return (
    <section className={styles.canvasGroup} data-chosen={isChosen || undefined} aria-label={label || t("canvas.group")}>
      {(!isOnly || label || isChosen) && (
        <button
          type="button"
          className={classes(styles.groupHead, !label && styles.unnamed)}
          aria-pressed={isChosen}
          onClick={() => choose({ kind: "group", key: group.key })}
        >
          {label || t("canvas.unnamedGroup")}
        </button>
      )}
      <div className={styles.canvasGrid} data-columns={columns}>
        {group.fields.map((placed) => {
          const field = entity.fields.find((each) => each.key === placed.key);
          if (!field) return null;
          const isAimed = spot?.group === group.key && spot.before === field.key;
          return <CanvasField key={field.key} field={field} placed={placed} columns={columns} isAimed={isAimed} />;
        })}
        <GroupEnd group={group} isAimed={spot?.group === group.key && spot.before === null} />
      </div>
    </section>
  );
}

/** The form as it will look, each field a block that can be chosen, moved and removed. */
export function Canvas({ width, spot }: { width: Width; spot: Spot | null }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { board, tab, arrange, open, select, showTab } = useDesigner();
  const shown = board.tabs.find((each) => each.key === tab) ?? board.tabs[0];
  const addGroup = () => {
    if (!shown) return;
    const key = freeKey(board, "group");
    arrange(withGroup(board, shown.key, { key, label: newLabel(t("new.group"), language) }), t("done.group"));
    open({ kind: "group", key });
  };
  const addTab = () => {
    const key = freeKey(board, "tab");
    const named = board.tabs.map((each, at) =>
      each.label ? each : { ...each, label: newLabel(t("new.tab", { number: at + 1 }), language) },
    );
    const label = newLabel(t("new.tab", { number: named.length + 1 }), language);
    arrange(withTab({ ...board, tabs: named }, { key, label }, freeKey(board, "group")), t("done.tab"));
    showTab(key);
    open({ kind: "tab", key });
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the form chooses the form; its button does the same for keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      className={styles.canvas}
      onClick={(event) => event.target === event.currentTarget && select({ kind: "form" })}
    >
      <section className={styles.paper} data-width={width} aria-label={t("canvas.label")}>
        <CanvasTabs />
        {shown?.groups.map((group) => (
          <CanvasGroup
            key={group.key}
            group={group}
            spot={spot}
            isOnly={board.tabs.length === 1 && shown.groups.length === 1}
          />
        ))}
        <div className={styles.canvasFoot}>
          <Button small kind="quiet" icon={<FolderPlus size={15} />} onClick={addGroup}>
            {t("canvas.addGroup")}
          </Button>
          <Button small kind="quiet" icon={<PanelTop size={15} />} onClick={addTab}>
            {t("canvas.addTab")}
          </Button>
        </div>
        <Tray />
      </section>
      <p className={styles.keys}>{t("canvas.keys")}</p>
    </div>
  );
}
