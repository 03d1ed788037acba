import { Accessibility } from "@dnd-kit/dom";
import { DragDropProvider } from "@dnd-kit/react";
import { isSortable, useSortable } from "@dnd-kit/react/sortable";
import { GripVertical } from "lucide-react";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { BlockDefinition, PageDefinition } from "@/api/types";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/surfaces";
import { Block } from "@/views/page/PageView";
import type { Width } from "./ViewPreview";
import styles from "./Views.module.css";

interface CanvasProps {
  page: PageDefinition;
  width: Width;
  chosen: string | null;
  onChoose: (key: string) => void;
  onPlace: (key: string, to: number) => void;
}

interface FrameProps extends Omit<CanvasProps, "page"> {
  block: BlockDefinition;
  index: number;
  count: number;
}

function Frame({ block, index, count, width, chosen, onChoose, onPlace }: FrameProps) {
  const { t } = useTranslation("designer");
  const { ref, handleRef, isDragging } = useSortable({ id: block.key, index });
  const name = block.title || t(`blocks.${block.kind}`);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (!event.altKey || !by) return;
    event.preventDefault();
    const to = index + by;
    if (to >= 0 && to < count) onPlace(block.key, to);
  };
  return (
    <section
      ref={ref}
      className={styles.frame}
      aria-label={name}
      data-chosen={chosen === block.key}
      data-dragging={isDragging}
      style={{ gridColumn: width === "phone" ? "1 / -1" : `span ${block.width}` }}
    >
      <header>
        <span ref={handleRef} className={styles.grip} aria-hidden="true">
          <GripVertical size={14} />
        </span>
        <Button small kind="quiet" title={t("blockKeys")} onClick={() => onChoose(block.key)} onKeyDown={onKeyDown}>
          {t("edit", { name })}
        </Button>
      </header>
      <div inert className={styles.frameBody}>
        <Block block={block} hours={block.hours} />
      </div>
    </section>
  );
}

/** The page as it will be, each block in a frame by which it is taken, moved and chosen. */
export function PageCanvas({ page, ...props }: CanvasProps) {
  const { t } = useTranslation("designer");
  if (page.blocks.length === 0) return <EmptyState title={t("pageEmpty")} text={t("pageEmptyText")} />;
  return (
    <DragDropProvider
      plugins={(defaults) => defaults.filter((each) => each !== Accessibility)}
      onDragEnd={({ operation, canceled }) => {
        const source = operation.source;
        if (!canceled && isSortable(source) && source.initialIndex !== source.index)
          props.onPlace(String(source.id), source.index);
      }}
    >
      <div className={styles.frames}>
        {page.blocks.map((block, index) => (
          <Frame key={block.key} block={block} index={index} count={page.blocks.length} {...props} />
        ))}
      </div>
    </DragDropProvider>
  );
}
