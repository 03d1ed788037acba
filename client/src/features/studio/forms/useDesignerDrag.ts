import { Accessibility, Feedback, KeyboardSensor, PointerActivationConstraints, PointerSensor } from "@dnd-kit/dom";
import type { DragDropProvider } from "@dnd-kit/react";
import { type ComponentProps, useCallback, useMemo, useRef, useState } from "react";
import { type Board, groupWith, type Place } from "./arrangement";
import type { DesignerState } from "./useDesigner";

type Provider = Pick<
  ComponentProps<typeof DragDropProvider>,
  "plugins" | "sensors" | "onDragMove" | "onDragOver" | "onDragEnd"
>;

interface Target {
  id: string | number;
  data?: Record<string, unknown>;
  shape?: { center: { x: number; y: number } } | undefined;
}

interface Operation {
  target: unknown;
  position: { current: { x: number; y: number } };
}

/** Where the dragged field would land. */
export interface Spot extends Place {
  tab?: string;
}

interface Dragging {
  spot: Spot | null;
  provider: Provider;
}

/** Where a field lands that is held over a target: before or behind another one, or at a group's end. */
function aimed(board: Board, target: Target | null, at: { x: number; y: number }): Spot | null {
  const group = target?.data?.group;
  if (typeof group === "string") return { group, before: null };
  const field = target?.data?.field;
  const home = typeof field === "string" ? groupWith(board, field) : undefined;
  if (!home || typeof field !== "string") return null;
  const center = target?.shape?.center;
  const isOneColumn = (home.columns ?? 2) === 1;
  const isBehind = center ? (isOneColumn ? at.y > center.y : at.x > center.x) : false;
  const index = home.fields.findIndex((each) => each.key === field);
  return { group: home.key, before: isBehind ? (home.fields[index + 1]?.key ?? null) : field };
}

/** Drag a type from the palette or a field of the form onto the form; keys do the same without dragging. */
export function useDesignerDrag(state: DesignerState): Dragging {
  const [spot, setSpot] = useState<Spot | null>(null);
  const latest = useRef(state);
  latest.current = state;

  const aim = useCallback((operation: Operation) => {
    const next = aimed(latest.current.board, operation.target as Target | null, operation.position.current);
    setSpot((now) => (now?.group === next?.group && now?.before === next?.before ? now : next));
  }, []);
  const provider = useMemo<Provider>(
    () => ({
      plugins: (defaults) => [
        ...defaults.filter((each) => each !== Accessibility && each !== Feedback),
        Feedback.configure({ feedback: "clone", dropAnimation: null }),
      ],
      sensors: (defaults) => [
        ...defaults.filter((each) => each !== PointerSensor && each !== KeyboardSensor),
        PointerSensor.configure({
          activatorElements: (source) => [source.element],
          preventActivation: (event) =>
            event.target instanceof Element && event.target.closest("[data-tools]") !== null,
          activationConstraints: (event) =>
            event.pointerType === "touch"
              ? [new PointerActivationConstraints.Delay({ value: 220, tolerance: 8 })]
              : [new PointerActivationConstraints.Distance({ value: 5 })],
        }),
      ],
      onDragMove: ({ operation }) => aim(operation),
      onDragOver: ({ operation }) => aim(operation),
      onDragEnd: ({ operation, canceled }) => {
        const place = aimed(latest.current.board, operation.target as Target | null, operation.position.current);
        setSpot(null);
        if (canceled || !place) return;
        const { type, field } = (operation.source?.data ?? {}) as { type?: string; field?: string };
        if (type) latest.current.add(type, place);
        else if (field && place.before !== field) latest.current.move(field, place);
      },
    }),
    [aim],
  );
  return { spot, provider };
}
