import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { takeEdit } from "@/model/edits";
import { toast } from "@/ui/toast";

const TEXT = "input, textarea, select, [contenteditable=true], .cm-editor";

/** Ctrl Z takes the last edit back, except where text is being typed and in the studio, which undo on their own. */
export function useUndoKey(): void {
  const { t } = useTranslation();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "z")
        return;
      if (event.defaultPrevented || window.location.pathname.startsWith("/studio")) return;
      if (event.target instanceof Element && event.target.closest(TEXT)) return;
      event.preventDefault();
      const edit = takeEdit();
      if (edit) void edit.undo();
      else toast.done(t("undo.nothing"));
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [t]);
}
