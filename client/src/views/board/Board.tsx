import { DragDropProvider } from "@dnd-kit/react";
import { Columns3 } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useRecordChanges } from "@/api/records";
import type { EntityDefinition, FieldDefinition, ListQuery, RecordRow, ViewDefinition } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { columnKeys } from "@/model/columns";
import { fieldValue } from "@/model/values";
import { EmptyState } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useMoveDialog } from "../process/MoveDialog";
import styles from "./Board.module.css";
import { BoardColumn } from "./BoardColumn";
import { type Lane, mayWrite, useLaneField, useLanes } from "./lanes";
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
      .filter((key) => key !== entity.title && key !== "stage" && key !== "owner" && key !== view.group)
      .flatMap((key) => catalogue.field(entity.key, key) ?? []);
  }, [catalogue, entity, view]);
}

/** Puts a record into another lane: by a move of its process, or by writing the field that the lanes stand for. */
function useLaneMove(entity: EntityDefinition, field: FieldDefinition | null) {
  const { t } = useTranslation(["views", "common"]);
  const errorText = useErrorText();
  const { dialog, move } = useMoveDialog();
  const { update } = useRecordChanges(entity.key);
  const write = (record: RecordRow, lane: Lane) => {
    if (!field) return;
    const before = fieldValue(record, field.key);
    const put = (of: RecordRow, value: typeof before, onSuccess: (saved: RecordRow) => void) =>
      update.mutate(
        { id: of.id, version: of.version, values: { [field.key]: value } },
        { onSuccess, onError: (error) => toast.error(errorText(error)) },
      );
    put(record, lane.key, (saved) =>
      toast.done(t("views:board.moved", { place: lane.label || t("views:board.none") }), {
        label: t("common:actions.undo"),
        run: () => put(saved, before, () => undefined),
      }),
    );
  };
  const drop = (record: RecordRow, lane: Lane) => {
    if (!field || fieldValue(record, field.key) === lane.key) return;
    if (lane.stage) move(record, lane.stage.key);
    else if (mayWrite(field)) write(record, lane);
  };
  return { dialog, drop };
}

/** Lanes with cards; a card is dragged, moved by keyboard, or sent by its menu, and a stage says what it needs. */
export function Board({ entity, view, query }: BoardProps) {
  const { t } = useTranslation(["process", "views"]);
  const fields = useCardFields(entity, view);
  const field = useLaneField(entity, view);
  const summed = useMemo(() => view.measures.find((each) => each.do === "sum" && each.field) ?? null, [view.measures]);
  const lanes = useLanes(entity, field, query, summed);
  const { dialog, drop } = useLaneMove(entity, field);
  const labelOf = useCallback(
    (id: string) => lanes.find((lane) => lane.id === id)?.label || t("views:board.none"),
    [lanes, t],
  );
  const options = useDragOptions(labelOf);
  const [carried, setCarried] = useState<string | null>(null);
  if (!field) return <EmptyState icon={<Columns3 size={40} />} title={t("views:board.needsField")} />;
  return (
    <>
      <DragDropProvider
        {...options}
        onDragStart={({ operation }) => setCarried(String(operation.source?.id ?? ""))}
        onDragEnd={({ operation, canceled }) => {
          setCarried(null);
          const record = operation.source?.data.record as RecordRow | undefined;
          const lane = lanes.find((each) => each.id === operation.target?.id);
          if (!canceled && record && lane) drop(record, lane);
        }}
      >
        <section className={styles.board} aria-label={t("process:board.label", { view: view.label })}>
          {lanes.map((lane) => (
            <BoardColumn
              key={lane.id}
              entity={entity}
              lane={lane}
              lanes={lanes}
              field={field}
              view={view}
              query={query}
              fields={fields}
              carried={carried}
              onMove={drop}
            />
          ))}
        </section>
      </DragDropProvider>
      {dialog}
    </>
  );
}
