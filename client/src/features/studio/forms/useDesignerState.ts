import { useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldTypes } from "@/api/forms";
import type { Entity, Field, Op } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { toast } from "@/ui/toast";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import { type Board, boardOf, groupWith, layoutOps, moveOps, orderOf, stepped, tabWithGroup } from "./arrangement";
import { addField, duplicateField, entityOf, isNamed, type NewNames, rekeyField, removeField } from "./fieldOps";
import { Renames, redirected } from "./renames";
import type { DesignerState, Selection } from "./useDesigner";

/** Moves the focus to a field's block once it is drawn. */
export function focusBlock(field: string): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-block="${CSS.escape(field)}"]`)?.focus()),
  );
}

interface Removing {
  field: Field;
}

interface FullState extends DesignerState {
  said: string;
  removing: Removing | null;
  cancelRemoval: () => void;
  confirmRemoval: () => void;
  /** Counts the times that the properties were opened to be worked in. */
  opened: number;
}

/** The state of the designer of one form. */
export function useDesignerState(entity: Entity, types: FieldTypes): FullState {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { definitions, published, edit, undo, problemsAt } = useDraft();
  const [selection, setSelection] = useState<Selection>({ kind: "form" });
  const [said, setSaid] = useState("");
  const [chosenTab, setTab] = useState("");
  const [opened, setOpened] = useState(0);
  const [removing, setRemoving] = useState<Removing | null>(null);
  const count = useRef(0);
  const renames = useRef(new Renames()).current;
  const board = useMemo(() => boardOf(entity), [entity]);
  const tab = board.tabs.find((each) => each.key === chosenTab)?.key ?? board.tabs[0]?.key ?? "";
  const byKey = useMemo(() => new Map(types.types.map((each) => [each.key as string, each])), [types]);

  const field = (key: string) => entity.fields.find((each) => each.key === key);
  const name = (of: Field | string) => {
    const found = typeof of === "string" ? field(of) : of;
    return found ? labelText(found.label, language) || found.key : String(of);
  };
  // The same words twice are spoken twice.
  const say = (text: string) => {
    count.current += 1;
    setSaid(count.current % 2 ? text : `${text}\u00a0`);
  };
  const names = (label: string): NewNames => ({
    language,
    label,
    option: (number) => t("new.option", { number }),
    item: t("new.item"),
    numbering: label,
  });
  const perform = (ops: Op[], label: string) => {
    const now = entityNow(entity.key) ?? entity;
    const reached = redirected(ops, now, renames);
    if (reached.length > 0) edit(reached, label);
    say(label);
  };
  const rekey: DesignerState["rekey"] = (key, next, label) => {
    const now = entityNow(entity.key);
    const ops = now ? rekeyField(now, key, next) : [];
    if (ops.length === 0) return;
    edit(ops, label);
    renames.note(key, next);
    say(label);
    setSelection((chosen) => (chosen.kind === "field" && chosen.key === key ? { kind: "field", key: next } : chosen));
  };
  const arrange = (next: Board, label: string) => perform(layoutOps(entity, next), label);

  const open = (next: Selection) => {
    setSelection(next);
    setOpened((times) => times + 1);
  };
  const add: DesignerState["add"] = (type, place) => {
    const label = byKey.get(type)?.label ?? type;
    const wanted = place ?? behindChosen(board, selection, tab);
    const added = addField(definitions, entity, type, names(label), wanted);
    perform(added.ops, t("done.added", { field: label }));
    open({ kind: "field", key: added.key });
  };
  const duplicate = (key: string) => {
    const copied = duplicateField(definitions, entity, key, names(t("new.copy", { field: name(key) })));
    if (!copied) return;
    perform(copied.ops, t("done.copied", { field: name(key) }));
    setSelection({ kind: "field", key: copied.key });
    focusBlock(copied.key);
  };
  const move: DesignerState["move"] = (key, place) => {
    perform(moveOps(entity, key, place), t("done.moved", { field: name(key) }));
    focusBlock(key);
  };
  const remove = (key: string) => {
    const found = field(key);
    if (!found) return;
    if (entity.title === key) return toast.error(t("remove.isTitle", { field: name(key) }));
    const isHeld = entityOf(published, entity.key)?.fields.some((each) => each.key === key);
    if (isHeld || isNamed(definitions, entity, key)) setRemoving({ field: found });
    else removed(found);
  };
  const removed = (gone: Field) => {
    const label = t("done.removed", { field: name(gone) });
    const order = orderOf(board);
    const at = order.indexOf(gone.key);
    const next = order[at + 1] ?? order[at - 1];
    perform(removeField(definitions, entity, gone.key), label);
    toast.done(label, { label: t("undo"), run: undo });
    setRemoving(null);
    setSelection(next ? { kind: "field", key: next } : { kind: "form" });
    if (next) focusBlock(next);
  };
  return {
    entity,
    published: entityOf(published, entity.key),
    board,
    types,
    typeOf: (key) => byKey.get(key),
    selection,
    select: setSelection,
    choose: setSelection,
    open,
    opened,
    tab,
    showTab: setTab,
    edit: perform,
    rekey,
    identityOf: (of) => renames.identityOf(of.key),
    arrange,
    say,
    said,
    name,
    problemsOf: (key) => problemsAt(["entities", entity.key, "fields", key]),
    add,
    move,
    step: (key, by) => {
      const place = stepped(board, key, by);
      if (!place) return say(t(by > 0 ? "done.isLast" : "done.isFirst", { field: name(key) }));
      move(key, place);
      const target = tabWithGroup(board, place.group);
      if (target) setTab(target.key);
    },
    duplicate,
    remove,
    removing,
    cancelRemoval: () => setRemoving(null),
    confirmRemoval: () => {
      if (removing) removed(removing.field);
    },
  };
}

/** The form as the draft has it at this moment, whenever what asks was drawn. */
function entityNow(key: string): Entity | undefined {
  const definitions = useDraftStore.getState().data?.definitions;
  return definitions && entityOf(definitions, key);
}

/** New fields come behind the chosen one, or to the end of the chosen group or the tab that is shown. */
function behindChosen(board: Board, selection: Selection, tab: string) {
  if (selection.kind === "field") {
    const group = groupWith(board, selection.key);
    const at = group?.fields.findIndex((each) => each.key === selection.key) ?? -1;
    if (group && at >= 0) return { group: group.key, before: group.fields[at + 1]?.key ?? null };
  }
  if (selection.kind === "group") return { group: selection.key, before: null };
  const last = board.tabs.find((each) => each.key === tab)?.groups.at(-1);
  return last ? { group: last.key, before: null } : null;
}
