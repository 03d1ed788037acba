import { useDraggable } from "@dnd-kit/react";
import { Link } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { formatTime } from "@/model/format";
import { colourVariables } from "@/ui/surfaces";
import type { useDates } from "../kinds/useDates";
import styles from "./Calendar.module.css";
import { colourOfEntry, type Entry } from "./entries";

interface ChipProps {
  entry: Entry;
  day: string;
  dates: ReturnType<typeof useDates>;
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

/** One entry on one day: a link that can be dragged to another day, or moved with Alt and the arrows. */
export function EntryChip({ entry, day, dates }: ChipProps) {
  const { t } = useTranslation("views");
  const language = useLanguage();
  const catalogue = useCatalogue();
  const mayMove = dates.mayMove(entry.row);
  const { ref, isDragging } = useDraggable({
    id: `${entry.row.id}@${day}`,
    data: { entry, day },
    disabled: !mayMove,
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.altKey ? STEPS[event.key] : undefined;
    if (!by || !mayMove) return;
    event.preventDefault();
    dates.move(entry.row, by);
  };
  return (
    <Link
      ref={ref}
      to="/e/$entity/$id"
      params={{ entity: entry.row.entity, id: entry.row.id }}
      className={styles.entry}
      data-dragging={isDragging}
      data-begins={entry.from === day}
      data-ends={entry.to === day}
      draggable={false}
      style={colourVariables(colourOfEntry(catalogue, entry) ?? "blue")}
      title={mayMove ? t("calendar.hint", { title: entry.name }) : entry.name}
      onKeyDown={onKeyDown}
    >
      {entry.at && entry.from === day && <small>{formatTime(entry.at, language)}</small>}
      <span>{entry.name}</span>
    </Link>
  );
}
