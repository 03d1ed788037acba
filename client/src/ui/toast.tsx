import { useEffect, useRef, useSyncExternalStore } from "react";
import { classes } from "./classes";
import styles from "./Toast.module.css";

interface ToastAction {
  label: string;
  run: () => void;
}

interface Shown {
  id: number;
  kind: "done" | "error";
  text: string;
  action: ToastAction | undefined;
}

let shown: Shown[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function publish(next: Shown[]): void {
  shown = next;
  for (const listener of listeners) listener();
}

function show(kind: Shown["kind"], text: string, action?: ToastAction): void {
  const id = nextId++;
  publish([...shown.slice(-2), { id, kind, text, action }]);
  setTimeout(() => publish(shown.filter((each) => each.id !== id)), kind === "error" ? 8_000 : 4_500);
}

/** Short words about what just happened; never the only place of an error that can be mended in a form. */
export const toast = {
  done: (text: string, action?: ToastAction) => show("done", text, action),
  error: (text: string) => show("error", text),
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const items = useSyncExternalStore(subscribe, () => shown);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    if (element.matches(":popover-open")) element.hidePopover();
    if (items.length > 0) element.showPopover();
  }, [items]);
  return (
    <div
      ref={ref}
      popover="manual"
      className={items.length > 0 ? styles.stack : undefined}
      role="status"
      aria-live="polite"
    >
      {items.map((item) => (
        <div key={item.id} className={classes(styles.toast, item.kind === "error" && styles.error)}>
          <span>{item.text}</span>
          {item.action && (
            <button type="button" onClick={item.action.run}>
              {item.action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
