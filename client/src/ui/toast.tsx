import { useEffect, useRef, useSyncExternalStore } from "react";
import { classes } from "./classes";
import styles from "./Toast.module.css";

interface ToastAction {
  label: string;
  run: () => void;
}

interface Shown {
  id: number;
  /** What the words are about, so that they can be taken back once they are no longer true. */
  about: string | undefined;
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

function hide(isOver: (each: Shown) => boolean): void {
  if (shown.some(isOver)) publish(shown.filter((each) => !isOver(each)));
}

function show(kind: Shown["kind"], text: string, action?: ToastAction, about?: string): void {
  const id = nextId++;
  publish([...shown.slice(-2), { id, about, kind, text, action }]);
  setTimeout(() => hide((each) => each.id === id), kind === "error" ? 8_000 : 4_500);
}

/** Short words about what just happened; never the only place of an error that can be mended in a form. */
export const toast = {
  done: (text: string, action?: ToastAction, about?: string) => show("done", text, action, about),
  error: (text: string) => show("error", text),
  /** Takes back what was said about something: it has changed since. */
  over: (about: string) => hide((each) => each.about === about),
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Does what a toast offers, which then has nothing more to say. */
function take(item: Shown): void {
  hide((each) => each.id === item.id);
  item.action?.run();
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
            <button type="button" onClick={() => take(item)}>
              {item.action.label}
            </button>
          )}
        </div>
      ))}
    </div>
  );
}
