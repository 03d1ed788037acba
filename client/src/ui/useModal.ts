import { type KeyboardEvent, type RefObject, type SyntheticEvent, useEffect, useRef } from "react";
import { useLatest } from "./hooks";

interface ModalProps {
  ref: RefObject<HTMLDialogElement | null>;
  onKeyDownCapture: (event: KeyboardEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onCancel: (event: SyntheticEvent) => void;
}

/** What has the focus first: what asks for it, or else the first thing to fill in, before the button that closes. */
const FIRSTS = [
  "[data-autofocus]",
  ":is(input:not([type=file]), select, textarea, [contenteditable=true]):not(:disabled)",
];
const LISTS =
  ".ant-select-dropdown:not(.ant-select-dropdown-hidden), .ant-picker-dropdown:not(.ant-picker-dropdown-hidden)";

export function focusFirst(dialog: HTMLDialogElement): void {
  FIRSTS.map((each) => dialog.querySelector<HTMLElement>(each))
    .find(Boolean)
    ?.focus();
}

/**
 * What makes the browser's own dialog element modal: the focus goes in and comes back to what had it; Escape closes the
 * list that is open inside, or else the dialog. The browser closes a dialog by itself where Escape is pressed twice
 * without anything else in between; then it is opened again, unless whoever shows it took it away.
 */
export function useModal(onClose: () => void): ModalProps {
  const ref = useRef<HTMLDialogElement>(null);
  const hasList = useRef(false);
  const close = useLatest(onClose);

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    const before = document.activeElement;
    const onClosed = () => {
      close();
      requestAnimationFrame(() => dialog.isConnected && !dialog.open && dialog.showModal());
    };
    dialog.showModal();
    focusFirst(dialog);
    dialog.addEventListener("close", onClosed);
    return () => {
      dialog.removeEventListener("close", onClosed);
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [close]);

  const leave = () => {
    if (!hasList.current) onClose();
    hasList.current = false;
  };
  return {
    ref,
    onKeyDownCapture: (event) => {
      if (event.key === "Escape") hasList.current = event.currentTarget.querySelector(LISTS) !== null;
    },
    onKeyDown: (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.nativeEvent.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      leave();
    },
    onCancel: (event) => {
      event.preventDefault();
      if (event.target === event.currentTarget) leave();
    },
  };
}
