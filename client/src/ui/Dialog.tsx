import { X } from "lucide-react";
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from "react";
import { IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./Dialog.module.css";

interface DialogProps {
  title: ReactNode;
  /** null: it is not closed but by what is in it. */
  closeLabel: string | null;
  onClose: () => void;
  children: ReactNode;
  foot?: ReactNode;
  width?: number;
  /** Along the right edge, full height. */
  side?: boolean;
  onSubmit?: () => void;
}

/** A modal dialog on the browser's own element: focus stays inside, Escape closes, the page behind is inert. */
export function Dialog({ title, closeLabel, onClose, children, foot, width, side, onSubmit }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    const before = document.activeElement;
    dialog.showModal();
    dialog.querySelector<HTMLElement>("[data-autofocus]")?.focus();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    onSubmit?.();
  };
  const inside = (
    <>
      <header className={styles.head}>
        <h2 id={heading}>{title}</h2>
        {closeLabel !== null && (
          <IconButton label={closeLabel} onClick={onClose}>
            <X size={18} />
          </IconButton>
        )}
      </header>
      <div className={styles.body}>{children}</div>
      {foot && <footer className={styles.foot}>{foot}</footer>}
    </>
  );
  return (
    <dialog
      ref={ref}
      aria-labelledby={heading}
      className={classes(styles.dialog, side && styles.side)}
      style={width ? { "--dialog-width": `${width}px` } : undefined}
      onCancel={(event) => {
        event.preventDefault();
        if (event.target === event.currentTarget) onClose();
      }}
    >
      {onSubmit ? (
        <form noValidate onSubmit={submit} style={{ display: "contents" }}>
          {inside}
        </form>
      ) : (
        inside
      )}
    </dialog>
  );
}
