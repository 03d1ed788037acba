import { Accessibility } from "@dnd-kit/dom";
import { DragDropProvider } from "@dnd-kit/react";
import { isSortable, useSortable } from "@dnd-kit/react/sortable";
import { ArrowDown, ArrowUp, GripVertical, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/Button";
import styles from "./Views.module.css";

interface SortableItem {
  id: string;
  name: string;
  content: ReactNode;
}

interface RowProps {
  item: SortableItem;
  index: number;
  last: number;
  onMove: (from: number, to: number) => void;
  onRemove: (index: number) => void;
}

function Row({ item, index, last, onMove, onRemove }: RowProps) {
  const { t } = useTranslation("designer");
  const { ref, handleRef, isDragging } = useSortable({ id: item.id, index });
  return (
    <li ref={ref} className={styles.sortable} data-dragging={isDragging}>
      <span ref={handleRef} className={styles.grip} aria-hidden="true">
        <GripVertical size={14} />
      </span>
      <div className={styles.sortableContent}>{item.content}</div>
      <IconButton
        small
        label={t("up", { name: item.name })}
        disabled={index === 0}
        onClick={() => onMove(index, index - 1)}
      >
        <ArrowUp size={14} />
      </IconButton>
      <IconButton
        small
        label={t("down", { name: item.name })}
        disabled={index === last}
        onClick={() => onMove(index, index + 1)}
      >
        <ArrowDown size={14} />
      </IconButton>
      <IconButton small label={t("remove", { name: item.name })} onClick={() => onRemove(index)}>
        <X size={14} />
      </IconButton>
    </li>
  );
}

/** The list with one element put elsewhere. */
export function reordered<T>(list: readonly T[], from: number, to: number): T[] {
  const next = [...list];
  const [taken] = next.splice(from, 1);
  if (taken !== undefined) next.splice(Math.max(0, Math.min(next.length, to)), 0, taken);
  return next;
}

interface ListProps {
  label: string;
  items: SortableItem[];
  onMove: (from: number, to: number) => void;
  onRemove: (index: number) => void;
}

/** Things in an order of one's choice: dragged by the handle, or moved with the buttons. */
export function SortableList({ label, items, onMove, onRemove }: ListProps) {
  return (
    <DragDropProvider
      plugins={(defaults) => defaults.filter((each) => each !== Accessibility)}
      onDragEnd={({ operation, canceled }) => {
        const source = operation.source;
        if (!canceled && isSortable(source) && source.initialIndex !== source.index)
          onMove(source.initialIndex, source.index);
      }}
    >
      <ul className={styles.sortables} aria-label={label}>
        {items.map((item, index) => (
          <Row key={item.id} item={item} index={index} last={items.length - 1} onMove={onMove} onRemove={onRemove} />
        ))}
      </ul>
    </DragDropProvider>
  );
}
