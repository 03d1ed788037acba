import { useDraggable, useDroppable } from "@dnd-kit/react";
import { CircleAlert, Copy, Trash2 } from "lucide-react";
import { type KeyboardEvent, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Field, LayoutField } from "@/api/types/studio";
import { fieldEditors } from "@/fields/editors";
import { fieldViews } from "@/fields/registry";
import { useLanguage } from "@/i18n/useLanguage";
import { IconButton } from "@/ui/Button";
import { FieldFrame } from "@/ui/controls";
import { orderOf } from "./arrangement";
import { seenField } from "./draftCatalogue";
import styles from "./Forms.module.css";
import { useDesigner } from "./useDesigner";
import { focusBlock } from "./useDesignerState";

interface CanvasFieldProps {
  field: Field;
  placed: LayoutField;
  columns: number;
  /** The dragged field would land before this one. */
  isAimed: boolean;
}

/** The field's own control, not to be worked with here. */
function Face({ field }: { field: Field }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { typeOf } = useDesigner();
  const seen = useMemo(() => seenField(field, language), [field, language]);
  const { Edit } = fieldEditors[seen.type];
  return (
    <div inert className={styles.face}>
      <FieldFrame label={seen.label} required={seen.required} help={seen.help}>
        {(ids) =>
          seen.is_computed ? (
            <div id={ids.id} className={styles.computed}>
              {t("canvas.computed", { type: typeOf(field.type)?.label ?? field.type })}
            </div>
          ) : (
            <Edit field={seen} value={null} ids={ids} onChange={() => undefined} />
          )
        }
      </FieldFrame>
    </div>
  );
}

/** What keys do on a block: arrows go on, with Alt they move the field. */
function useBlockKeys(key: string) {
  const { board, step, remove, duplicate, open } = useDesigner();
  return (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const order = orderOf(board);
    const at = order.indexOf(key);
    const isBack = event.key === "ArrowUp" || event.key === "ArrowLeft";
    if (isBack || event.key === "ArrowDown" || event.key === "ArrowRight") {
      event.preventDefault();
      const next = order[at + (isBack ? -1 : 1)];
      if (event.altKey) step(key, isBack ? -1 : 1);
      else if (next) focusBlock(next);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      remove(key);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      open({ kind: "field", key });
    } else if (event.key.toLowerCase() === "d" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      duplicate(key);
    }
  };
}

/** One field of the form on the canvas. */
export function CanvasField({ field, placed, columns, isAimed }: CanvasFieldProps) {
  const { t } = useTranslation("forms");
  const { selection, select, choose, name, typeOf, problemsOf, duplicate, remove } = useDesigner();
  const { ref: dragRef, isDragging } = useDraggable({
    id: `field:${field.key}`,
    data: { field: field.key },
  });
  const { ref: dropRef } = useDroppable({ id: `at:${field.key}`, data: { field: field.key } });
  const onKeyDown = useBlockKeys(field.key);
  const problems = problemsOf(field.key);
  const isChosen = selection.kind === "field" && selection.key === field.key;
  const isWide = fieldViews[seenType(field)].isWide === true;
  const span = placed.width ? Math.min(placed.width, columns) : isWide ? columns : 1;
  const type = typeOf(field.type)?.label ?? field.type;
  const label = t(field.required ? "canvas.requiredField" : "canvas.field", { field: name(field), type });
  return (
    <div
      ref={(element) => {
        dragRef(element);
        dropRef(element);
      }}
      className={styles.block}
      data-span={span}
      data-chosen={isChosen || undefined}
      data-dragging={isDragging || undefined}
      data-aimed={isAimed || undefined}
      data-wrong={problems.length > 0 || undefined}
      data-conditional={Boolean(field.visible_if) || undefined}
    >
      <Face field={field} />
      <button
        type="button"
        className={styles.cover}
        data-block={field.key}
        aria-pressed={isChosen}
        aria-label={problems.length > 0 ? `${label} — ${problems[0]?.message}` : label}
        onFocus={() => select({ kind: "field", key: field.key })}
        onClick={() => choose({ kind: "field", key: field.key })}
        onKeyDown={onKeyDown}
      />
      {field.visible_if && <span className={styles.badge}>{t("canvas.conditional")}</span>}
      {problems.length > 0 && (
        <p className={styles.wrongText}>
          <CircleAlert size={13} aria-hidden="true" />
          {problems[0]?.message}
        </p>
      )}
      {isChosen && (
        <span className={styles.tools} data-tools>
          <IconButton small label={t("duplicate", { field: name(field) })} onClick={() => duplicate(field.key)}>
            <Copy size={14} />
          </IconButton>
          <IconButton small label={t("remove.button", { field: name(field) })} onClick={() => remove(field.key)}>
            <Trash2 size={14} />
          </IconButton>
        </span>
      )}
    </div>
  );
}

const seenType = (field: Field) => (field.type in fieldViews ? (field.type as keyof typeof fieldViews) : "text");
