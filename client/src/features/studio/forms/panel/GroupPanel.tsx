import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { LabelField } from "../../parts/LabelField";
import { labelText } from "../../parts/labels";
import { PropertyPanel, SelectProperty } from "../../parts/PropertyPanel";
import { changedGroup, type FullGroup, groupsOf, movedGroup, withoutGroup } from "../arrangement";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";

/** A group's name, columns, and whether it folds. */
export function GroupPanel({ group }: { group: FullGroup }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { board, arrange, select } = useDesigner();
  const change = (part: Partial<FullGroup>) => arrange(changedGroup(board, group.key, part), t("done.groupChanged"));
  const isOnly = groupsOf(board).length === 1;
  const home = board.tabs.find((tab) => tab.groups.some((each) => each.key === group.key));
  const others = board.tabs.filter((tab) => tab !== home);
  const toTab = (key: string) => {
    const tabs = board.tabs.map((tab) => ({
      ...tab,
      groups: tab.key === key ? [...tab.groups, group] : tab.groups.filter((each) => each.key !== group.key),
    }));
    arrange({ ...board, tabs: tabs.filter((tab) => tab.groups.length > 0) }, t("done.groupMoved"));
  };
  return (
    <PropertyPanel
      title={t("group.title")}
      note={t("group.count", { count: group.fields.length })}
      actions={
        <span className={styles.headTools}>
          <IconButton
            small
            label={t("group.up")}
            onClick={() => arrange(movedGroup(board, group.key, -1), t("done.groupMoved"))}
          >
            <ArrowUp size={15} />
          </IconButton>
          <IconButton
            small
            label={t("group.down")}
            onClick={() => arrange(movedGroup(board, group.key, 1), t("done.groupMoved"))}
          >
            <ArrowDown size={15} />
          </IconButton>
          <IconButton
            small
            label={t("group.remove")}
            disabled={isOnly}
            onClick={() => {
              arrange(withoutGroup(board, group.key), t("done.groupRemoved"));
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
          label={t("group.name")}
          help={t("group.nameHelp")}
          value={group.label}
          onChange={(label) => change({ label })}
        />
        <SelectProperty
          label={t("group.columns")}
          value={String(group.columns ?? 2)}
          onChange={(value) => change({ columns: Number(value) as 1 | 2 | 3 })}
          options={["1", "2", "3"].map((value) => ({ value, label: t("group.columnCount", { count: Number(value) }) }))}
          help={t("group.columnsHelp")}
        />
        <SelectProperty
          label={t("group.fold")}
          value={group.fold ?? "never"}
          disabled={!group.label}
          help={group.label ? undefined : t("group.foldNeedsName")}
          onChange={(value) => change({ fold: value as "never" | "open" | "closed" })}
          options={(["never", "open", "closed"] as const).map((value) => ({ value, label: t(`group.folds.${value}`) }))}
        />
        {others.length > 0 && (
          <SelectProperty
            label={t("group.tab")}
            value={home?.key ?? ""}
            onChange={toTab}
            options={board.tabs.map((tab) => ({ value: tab.key, label: labelText(tab.label, language) || tab.key }))}
          />
        )}
      </div>
    </PropertyPanel>
  );
}
