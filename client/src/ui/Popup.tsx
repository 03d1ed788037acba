import {
  type ReactElement,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { classes } from "./classes";
import styles from "./Menu.module.css";

export interface TriggerProps {
  ref: RefObject<HTMLButtonElement | null>;
  onClick: () => void;
  "aria-expanded": boolean;
  "aria-controls": string;
  "aria-haspopup": "menu" | "dialog";
}

interface PopupProps {
  trigger: (props: TriggerProps) => ReactElement;
  children: (close: () => void) => ReactNode;
  role?: "menu" | "dialog";
  label?: string;
  /** Align with the trigger's right edge. */
  end?: boolean;
  width?: number;
  onOpenChange?: (open: boolean) => void;
}

const GAP = 4;
const EDGE = 8;

function place(popup: HTMLElement, anchor: DOMRect, end: boolean): void {
  const width = popup.offsetWidth;
  const height = popup.offsetHeight;
  const wanted = end ? anchor.right - width : anchor.left;
  const left = Math.max(EDGE, Math.min(wanted, window.innerWidth - width - EDGE));
  const below = anchor.bottom + GAP;
  const fits = below + height <= window.innerHeight - EDGE || anchor.top < height;
  popup.style.left = `${left}px`;
  popup.style.top = `${fits ? Math.min(below, Math.max(EDGE, window.innerHeight - height - EDGE)) : anchor.top - GAP - height}px`;
}

/** Something that opens beside a button, in the top layer: never cut off, closes on Escape and outside clicks. */
export function Popup({ trigger, children, role = "dialog", label, end = false, width, onOpenChange }: PopupProps) {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const popup = useRef<HTMLDivElement>(null);
  const id = useId();

  const change = useCallback(
    (next: boolean) => {
      setOpen(next);
      onOpenChange?.(next);
      if (!next) button.current?.focus();
    },
    [onOpenChange],
  );

  useLayoutEffect(() => {
    const element = popup.current;
    if (!open || !element || !button.current) return;
    element.showPopover();
    place(element, button.current.getBoundingClientRect(), end);
    element.querySelector<HTMLElement>("[data-autofocus], [role^=menuitem], input, button")?.focus();
  }, [open, end]);

  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: PointerEvent) => {
      const target = event.target as Element;
      if (popup.current?.contains(target) || button.current?.contains(target)) return;
      if (target.closest(".ant-picker-dropdown, .ant-select-dropdown")) return;
      setOpen(false);
      onOpenChange?.(false);
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      event.preventDefault();
      change(false);
    };
    document.addEventListener("pointerdown", outside, true);
    document.addEventListener("keydown", onEscape, true);
    return () => {
      document.removeEventListener("pointerdown", outside, true);
      document.removeEventListener("keydown", onEscape, true);
    };
  }, [open, change, onOpenChange]);

  return (
    <>
      {trigger({
        ref: button,
        onClick: () => change(!open),
        "aria-expanded": open,
        "aria-controls": id,
        "aria-haspopup": role,
      })}
      {open && (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles that it takes may have a label
        <div
          ref={popup}
          id={id}
          popover="manual"
          role={role}
          aria-label={label}
          className={classes(styles.popup, role === "dialog" && styles.panel)}
          style={width ? { width } : undefined}
        >
          {children(() => change(false))}
        </div>
      )}
    </>
  );
}
