import { type KeyboardEvent, useEffect, useRef } from "react";
import styles from "./Forms.module.css";
import { EntityPanel } from "./panel/EntityPanel";
import { FieldPanel } from "./panel/FieldPanel";
import { GroupPanel } from "./panel/GroupPanel";
import { TabPanel } from "./panel/TabPanel";
import { useDesigner } from "./useDesigner";
import { focusBlock } from "./useDesignerState";

/** The properties of what is chosen. Escape leads back to the form. */
export function Properties({ isWanted }: { isWanted: boolean }) {
  const { entity, board, selection } = useDesigner();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isWanted) return;
    const first = box.current?.querySelector<HTMLInputElement>("input, textarea, select");
    first?.focus();
    if (first instanceof HTMLInputElement) first.select();
  }, [isWanted]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || event.defaultPrevented || selection.kind !== "field") return;
    focusBlock(selection.key);
  };
  const field = selection.kind === "field" ? entity.fields.find((each) => each.key === selection.key) : undefined;
  const group =
    selection.kind === "group"
      ? board.tabs.flatMap((tab) => tab.groups).find((each) => each.key === selection.key)
      : undefined;
  const tab = selection.kind === "tab" ? board.tabs.find((each) => each.key === selection.key) : undefined;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only passes Escape of the controls inside on
    <div ref={box} className={styles.properties} onKeyDown={onKeyDown}>
      {field ? (
        <FieldPanel field={field} />
      ) : group ? (
        <GroupPanel key={group.key} group={group} />
      ) : tab ? (
        <TabPanel key={tab.key} tab={tab} />
      ) : (
        <EntityPanel />
      )}
    </div>
  );
}
