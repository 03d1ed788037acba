import { useEffect } from "react";
import { useLatest } from "@/ui/hooks";

const TYPING = "input, textarea, select, [contenteditable=true], .cm-editor, [role=grid]";

interface ShellKeys {
  onPalette: () => void;
  onShortcuts: () => void;
}

/** Ctrl K opens the search; outside of what takes text, ? shows the shortcuts and / goes to the list's own search. */
export function useShellKeys(keys: ShellKeys): void {
  const press = useLatest((event: KeyboardEvent) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      keys.onPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const isHelp = event.key === "?";
    if (event.target instanceof Element && event.target.closest(isHelp ? TYPING.replace(", [role=grid]", "") : TYPING))
      return;
    if (isHelp) keys.onShortcuts();
    const box = event.key === "/" && document.querySelector<HTMLElement>("main input[type=search]");
    if (!isHelp && !box) return;
    event.preventDefault();
    if (box) box.focus();
  });
  useEffect(() => {
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [press]);
}
