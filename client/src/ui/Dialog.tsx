import { X } from "lucide-react";
import { type FormEvent, type ReactNode, type RefObject, Suspense, useEffect, useId } from "react";
import { IconButton } from "./Button";
import { classes } from "./classes";
import styles from "./Dialog.module.css";
import { SkeletonLines } from "./surfaces";
import { focusFirst, useModal } from "./useModal";

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

/** What came after the dialog was opened has the focus then, and the page behind stays as it is meanwhile. */
function WhenShown({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  useEffect(() => {
    if (dialog.current?.open) focusFirst(dialog.current);
  }, [dialog]);
  return null;
}

/** A modal dialog on the browser's own element: focus stays inside, Escape closes, the page behind is inert. */
export function Dialog({ title, closeLabel, onClose, children, foot, width, side, onSubmit }: DialogProps) {
  const modal = useModal(onClose);
  const heading = useId();

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
      <div className={styles.body}>
        <Suspense fallback={<SkeletonLines />}>
          {children}
          <WhenShown dialog={modal.ref} />
        </Suspense>
      </div>
      {foot && <footer className={styles.foot}>{foot}</footer>}
    </>
  );
  return (
    <dialog
      {...modal}
      aria-labelledby={heading}
      className={classes(styles.dialog, side && styles.side)}
      style={width ? { "--dialog-width": `${width}px` } : undefined}
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
