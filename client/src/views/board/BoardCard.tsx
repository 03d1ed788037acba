import { useDraggable } from "@dnd-kit/react";
import { Link } from "@tanstack/react-router";
import { GripVertical, MoreVertical, Snowflake } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import type { FieldDefinition, RecordRow, StageDefinition } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { useCatalogue } from "@/fields/useCatalogue";
import { useSpanText } from "@/fields/useTexts";
import { fieldValue, isEmptyValue } from "@/model/values";
import { IconButton } from "@/ui/Button";
import { useTicking } from "@/ui/hooks";
import { Menu } from "@/ui/Menu";
import { Avatar } from "@/ui/surfaces";
import { timingOf } from "../process/timing";
import styles from "./Board.module.css";

interface CardProps {
  row: RecordRow;
  stage: StageDefinition;
  fields: FieldDefinition[];
  onMove: (record: RecordRow, target: string) => void;
}

function CardFoot({ row, stage }: Pick<CardProps, "row" | "stage">) {
  const { t } = useTranslation("process");
  const spanText = useSpanText();
  useTicking(30_000);
  const timing = timingOf(row, stage, serverNow());
  const name = row.display.owner;
  return (
    <footer className={styles.foot}>
      {timing.frozen !== null ? (
        <span className={styles.frozen}>
          <Snowflake size={12} aria-hidden="true" />
          {t("board.frozen", { time: spanText(timing.frozen) })}
        </span>
      ) : (
        <span className={timing.over === null ? undefined : styles.stalled}>
          {t(timing.over === null ? "board.inStage" : "board.stalled", { time: spanText(timing.inStage) })}
        </span>
      )}
      {name && (
        <span title={name} style={{ display: "inline-flex", alignItems: "center", gap: 4 }}>
          <Avatar name={name} size={18} />
          {name}
        </span>
      )}
    </footer>
  );
}

function CardTools({
  row,
  onMove,
  handleRef,
}: Pick<CardProps, "row" | "onMove"> & { handleRef: (element: Element | null) => void }) {
  const { t } = useTranslation("process");
  const stages = useCatalogue().process(row.entity)?.stages ?? [];
  return (
    <span className={styles.tools}>
      <IconButton ref={handleRef} small label={t("board.drag", { title: row.title })}>
        <GripVertical size={15} />
      </IconButton>
      <Menu
        end
        label={t("board.moveTo")}
        entries={stages
          .filter((stage) => stage.key !== row.stage)
          .map((stage) => ({ key: stage.key, label: stage.label, onSelect: () => onMove(row, stage.key) }))}
        trigger={(trigger) => (
          <IconButton {...trigger} small label={`${t("board.menu", { title: row.title })}：${t("board.moveTo")}`}>
            <MoreVertical size={15} />
          </IconButton>
        )}
      />
    </span>
  );
}

function Card({ row, stage, fields, onMove }: CardProps) {
  const canMove = row.can?.move ?? true;
  const { ref, handleRef, isDragging } = useDraggable({ id: row.id, data: { record: row }, disabled: !canMove });
  const shown = fields.filter((field) => !isEmptyValue(fieldValue(row, field.key)));
  return (
    <article ref={ref} className={styles.card} data-dragging={isDragging}>
      <header className={styles.cardHead}>
        <Link to="/e/$entity/$id" params={{ entity: row.entity, id: row.id }} draggable={false}>
          {row.title}
        </Link>
        {canMove && <CardTools row={row} onMove={onMove} handleRef={handleRef} />}
      </header>
      {shown.length > 0 && (
        <div className={styles.values}>
          {shown.map((field) => (
            <div key={field.key} className={styles.value}>
              <span>{field.label}</span>
              <Shown field={field} row={row} />
            </div>
          ))}
        </div>
      )}
      <CardFoot row={row} stage={stage} />
    </article>
  );
}

export const BoardCard = memo(Card);
