import { Accessibility, KeyboardSensor, PointerActivationConstraints, PointerSensor } from "@dnd-kit/dom";
import type { DragDropProvider } from "@dnd-kit/react";
import { type ComponentProps, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";

type Options = Pick<ComponentProps<typeof DragDropProvider>, "plugins" | "sensors">;

interface Operation {
  operation: { source: { data: Record<string, unknown> } | null; target: { id: string | number } | null };
  canceled?: boolean;
}

/** One press of an arrow moves a card by a column, or by about a card. */
const KEY_STEP = { x: 274, y: 80 };

const titleOf = (event: Operation) => (event.operation.source?.data.record as RecordRow | undefined)?.title ?? "";

/** Dragging by mouse after a few pixels, by finger after a press, by keyboard from the handle; spoken in the reader's language. */
export function useDragOptions(stageLabel: (stage: string) => string): Options {
  const { t } = useTranslation("process");
  return useMemo(() => {
    const over = (event: Operation) => stageLabel(String(event.operation.target?.id ?? ""));
    const announcements = {
      dragstart: (event: Operation) => t("board.picked", { title: titleOf(event) }),
      dragover: (event: Operation) =>
        event.operation.target ? t("board.over", { title: titleOf(event), stage: over(event) }) : undefined,
      dragend: (event: Operation) =>
        event.canceled || !event.operation.target
          ? t("board.cancelled", { title: titleOf(event) })
          : t("board.dropped", { title: titleOf(event), stage: over(event) }),
    };
    const accessibility = Accessibility.configure({
      announcements,
      screenReaderInstructions: { draggable: t("board.picked", { title: "" }) },
    });
    const pointer = PointerSensor.configure({
      activatorElements: (source) => [source.element, source.handle],
      activationConstraints: (event) =>
        event.pointerType === "touch"
          ? [new PointerActivationConstraints.Delay({ value: 220, tolerance: 8 })]
          : [new PointerActivationConstraints.Distance({ value: 6 })],
      preventActivation: (event) =>
        event.target instanceof Element && event.target.closest("[role=menu], [popover]") !== null,
    });
    const keyboard = KeyboardSensor.configure({ offset: KEY_STEP });
    return {
      plugins: (defaults) => [...defaults.filter((each) => each !== Accessibility), accessibility],
      sensors: (defaults) => [
        ...defaults.filter((each) => each !== PointerSensor && each !== KeyboardSensor),
        pointer,
        keyboard,
      ],
    };
  }, [t, stageLabel]);
}
