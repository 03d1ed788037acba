import { Accessibility, PointerActivationConstraints, PointerSensor } from "@dnd-kit/dom";
import type { DragDropProvider } from "@dnd-kit/react";
import { type ComponentProps, useMemo } from "react";
import { useTranslation } from "react-i18next";

interface Dragged {
  operation: { target: { id: string | number } | null };
  canceled?: boolean;
}

type Options = Pick<ComponentProps<typeof DragDropProvider>, "plugins" | "sensors">;

/** Dragging by mouse after a few pixels and by finger after a press, spoken in the reader's language. */
export function useDragWords(): Options {
  const { t } = useTranslation("views");
  return useMemo(() => {
    const accessibility = Accessibility.configure({
      announcements: {
        dragstart: () => t("drag.picked"),
        dragover: (event: Dragged) =>
          event.operation.target ? t("drag.over", { place: event.operation.target.id }) : undefined,
        dragend: (event: Dragged) =>
          event.canceled || !event.operation.target
            ? t("drag.cancelled")
            : t("drag.dropped", { place: event.operation.target.id }),
      },
      screenReaderInstructions: { draggable: t("drag.instructions") },
    });
    const pointer = PointerSensor.configure({
      activationConstraints: (event) =>
        event.pointerType === "touch"
          ? [new PointerActivationConstraints.Delay({ value: 220, tolerance: 8 })]
          : [new PointerActivationConstraints.Distance({ value: 6 })],
    });
    return {
      plugins: (defaults) => [...defaults.filter((each) => each !== Accessibility), accessibility],
      sensors: () => [pointer],
    };
  }, [t]);
}
