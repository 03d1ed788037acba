import { DragDropProvider } from "@dnd-kit/react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useAggregate } from "@/api/records";
import type { EntityDefinition, FieldDefinition, ListQuery, RecordRow, ViewDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { columnKeys } from "@/model/columns";
import { toNumber } from "@/model/format";
import { useMoveDialog } from "../process/MoveDialog";
import styles from "./Board.module.css";
import { BoardColumn } from "./BoardColumn";
import { useDragOptions } from "./useDragOptions";

interface BoardProps {
  entity: EntityDefinition;
  view: ViewDefinition;
  query: ListQuery;
}

const CARD_FIELDS = 3;

/** Fields on a card: the view's own choice, or the first columns. */
function useCardFields(entity: EntityDefinition, view: ViewDefinition): FieldDefinition[] {
  const catalogue = useCatalogue();
  return useMemo(() => {
    const keys = view.card.length > 0 ? view.card : columnKeys(catalogue, entity, view).slice(0, CARD_FIELDS + 2);
    return keys
      .filter((key) => key !== entity.title && key !== "stage" && key !== "owner")
      .flatMap((key) => catalogue.field(entity.key, key) ?? []);
  }, [catalogue, entity, view]);
}

/** The stages as columns; a card is dragged, moved by keyboard, or sent by its menu, and the stage says what it needs. */
export function Board({ entity, view, query }: BoardProps) {
  const { t } = useTranslation("process");
  const catalogue = useCatalogue();
  const process = catalogue.process(entity.key);
  const fields = useCardFields(entity, view);
  const { dialog, move } = useMoveDialog();
  const summed = view.measures.find((measure) => measure.do === "sum" && measure.field) ?? null;
  const totals = useAggregate(entity.key, {
    ...query,
    sort: undefined,
    group: [{ field: "stage" }],
    measures: [{ do: "count" }, ...(summed ? [summed] : [])],
  });
  const options = useDragOptions((stage) => catalogue.stageLabel(entity.key, stage));
  const drop = (record: RecordRow, target: string) => {
    if (record.stage !== target) move(record, target);
  };
  if (!process) return null;
  const countOf = (stage: string) => totals.data?.find((each) => each.keys[0] === stage);
  // Columns of former versions stay as long as a record is in them.
  const former = catalogue
    .formerStages(entity.key)
    .filter((stage) => (toNumber(countOf(stage.key)?.values[0]) ?? 0) > 0);
  const stages = [...process.stages, ...former];
  return (
    <>
      <DragDropProvider
        {...options}
        onDragEnd={({ operation, canceled }) => {
          const record = operation.source?.data.record as RecordRow | undefined;
          const target = operation.target?.id;
          if (!canceled && record && typeof target === "string") drop(record, target);
        }}
      >
        <section className={styles.board} aria-label={t("board.label", { view: view.label })}>
          {stages.map((stage) => {
            const group = countOf(stage.key);
            return (
              <BoardColumn
                key={stage.key}
                entity={entity}
                stage={stage}
                isFormer={former.includes(stage)}
                query={query}
                fields={fields}
                count={totals.data ? (toNumber(group?.values[0]) ?? 0) : null}
                sum={summed ? toNumber(group?.values[1]) : null}
                onMove={drop}
              />
            );
          })}
        </section>
      </DragDropProvider>
      {dialog}
    </>
  );
}
