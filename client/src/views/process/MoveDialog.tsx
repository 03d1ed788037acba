import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useMoves } from "@/api/process";
import { useRecord } from "@/api/records";
import type { RecordRow, TransitionState } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { EmptyState, Notice, SkeletonLines } from "@/ui/surfaces";
import { FrozenDialog } from "./FrozenDialog";
import { timingOf } from "./timing";

const MoveForm = lazy(() => import("./MoveForm").then((module) => ({ default: module.MoveForm })));

interface MoveDialogProps {
  record: RecordRow;
  /** The stage to move to. */
  target: string;
  onClose: () => void;
}

/** Which of several ways leads to the stage: the first that is open. */
function chooseTransition(transitions: TransitionState[], target: string): TransitionState | undefined {
  const ways = transitions.filter((each) => each.target === target);
  return ways.find((each) => each.allowed) ?? ways[0];
}

/** Moves a record: collects what the stage demands and says what is missing. */
export function MoveDialog({ record: given, target, onClose }: MoveDialogProps) {
  const { t, i18n } = useTranslation(["process", "common"]);
  const errorText = useErrorText();
  const catalogue = useCatalogue();
  const record = useRecord(given.entity, given.id).data ?? given;
  const moves = useMoves(given.entity, given.id);
  const stage = catalogue.stageLabel(given.entity, target);
  const transition = chooseTransition(moves.data?.transitions ?? [], target);
  const { frozen } = timingOf(record, undefined, serverNow());
  // A form that is being filled in stays, whatever is heard meanwhile: of its own move the news may come before the answer.
  const [kept, setKept] = useState<TransitionState | null>(null);
  const way = transition && frozen === null ? transition : null;
  if (way && way !== kept) setKept(way);
  const shown = way ?? kept;
  const title = t((shown ?? transition)?.backward ? "process:move.backTitle" : "process:move.title", { stage });
  if (shown) {
    return (
      <Suspense fallback={null}>
        <MoveForm key={shown.key} title={title} record={record} transition={shown} onClose={onClose} />
      </Suspense>
    );
  }
  if (frozen !== null && record.frozen_until && !moves.isPending)
    return (
      <FrozenDialog record={record} until={record.frozen_until} freeze={moves.data?.freeze ?? null} onClose={onClose} />
    );
  const from = catalogue.stageLabel(given.entity, record.stage);
  const open = [
    ...new Set((moves.data?.transitions ?? []).map((each) => catalogue.stageLabel(given.entity, each.target))),
  ];
  const list = new Intl.ListFormat(i18n.language, { type: "disjunction" });
  return (
    <Dialog
      title={title}
      width={460}
      closeLabel={t("common:actions.close")}
      onClose={onClose}
      foot={
        moves.data && (
          <Button kind="primary" onClick={onClose}>
            {t("process:frozen.understood")}
          </Button>
        )
      }
    >
      {moves.isPending && <SkeletonLines lines={5} />}
      {moves.isError && <EmptyState title={errorText(moves.error)} />}
      {moves.data && !transition && (
        <Notice kind="warning">
          {t("process:board.noTransition", { from, to: stage })}
          {open.length > 0 && <p>{t("process:board.instead", { stages: list.format(open) })}</p>}
        </Notice>
      )}
    </Dialog>
  );
}

/** Keeps the record that waits to be moved, for lists and boards. */
export function useMoveDialog() {
  const [wanted, setWanted] = useState<{ record: RecordRow; target: string } | null>(null);
  const dialog = wanted && <MoveDialog record={wanted.record} target={wanted.target} onClose={() => setWanted(null)} />;
  return { dialog, move: (record: RecordRow, target: string) => setWanted({ record, target }) };
}
