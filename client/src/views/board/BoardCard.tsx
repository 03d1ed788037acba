import { useDraggable } from "@dnd-kit/react";
import { Link } from "@tanstack/react-router";
import { GripVertical, MoreVertical, Snowflake } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import type { FieldDefinition, RecordRow, StageDefinition, ViewDefinition } from "@/api/types";
import { Shown } from "@/fields/Shown";
import { useCatalogue } from "@/fields/useCatalogue";
import { useSpanText } from "@/fields/useTexts";
import { useLanguage } from "@/i18n/useLanguage";
import { rowColour } from "@/model/looks";
import { fieldValue, isEmptyValue } from "@/model/values";
import { named } from "@/model/words";
import { IconButton } from "@/ui/Button";
import { useTicking } from "@/ui/hooks";
import { Menu } from "@/ui/Menu";
import { Avatar, colourVariables } from "@/ui/surfaces";
import { timingOf } from "../process/timing";
import styles from "./Board.module.css";
import { type Lane, mayWrite } from "./lanes";

interface CardProps {
  row: RecordRow;
  lane: Lane;
  lanes: Lane[];
  /** What the lanes stand for. */
  field: FieldDefinition;
  view: ViewDefinition;
  fields: FieldDefinition[];
  onMove: (record: RecordRow, lane: Lane) => void;
}

function CardFoot({ row, stage }: { row: RecordRow; stage: StageDefinition }) {
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
  lane,
  lanes,
  onMove,
  handleRef,
}: Pick<CardProps, "row" | "lane" | "lanes" | "onMove"> & { handleRef: (element: Element | null) => void }) {
  const { t } = useTranslation(["process", "views"]);
  const language = useLanguage();
  return (
    <span className={styles.tools}>
      <IconButton ref={handleRef} small label={t("process:board.drag", { title: row.title })}>
        <GripVertical size={15} />
      </IconButton>
      <Menu
        end
        label={t("process:board.moveTo")}
        entries={lanes
          .filter((each) => each.id !== lane.id && !each.isFormer)
          .map((each) => ({
            key: each.id,
            label: each.label || t("views:board.none"),
            onSelect: () => onMove(row, each),
          }))}
        trigger={(trigger) => (
          <IconButton
            {...trigger}
            small
            label={named(t("process:board.menu", { title: row.title }), t("process:board.moveTo"), language)}
          >
            <MoreVertical size={15} />
          </IconButton>
        )}
      />
    </span>
  );
}

function Card({ row, lane, lanes, field, view, fields, onMove }: CardProps) {
  const catalogue = useCatalogue();
  const stage = lane.stage ?? catalogue.stage(row.entity, row.stage);
  const canMove = lane.stage ? (row.can?.move ?? true) : mayWrite(field) && row.can?.update !== false;
  const colour = rowColour(view, row);
  const { ref, handleRef, isDragging } = useDraggable({ id: row.id, data: { record: row }, disabled: !canMove });
  const shown = fields.filter((field) => !isEmptyValue(fieldValue(row, field.key)));
  return (
    <article
      ref={ref}
      className={styles.card}
      data-dragging={isDragging}
      data-painted={colour !== null}
      style={colour ? colourVariables(colour) : undefined}
    >
      <header className={styles.cardHead}>
        <Link to="/e/$entity/$id" params={{ entity: row.entity, id: row.id }} draggable={false}>
          {row.title}
        </Link>
        {canMove && <CardTools row={row} lane={lane} lanes={lanes} onMove={onMove} handleRef={handleRef} />}
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
      {stage && <CardFoot row={row} stage={stage} />}
    </article>
  );
}

export const BoardCard = memo(Card);
