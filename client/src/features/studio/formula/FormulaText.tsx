import { EditorState, Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import type { Problem } from "@/api/types";
import { classes } from "@/ui/classes";
import type { Offered } from "./completion";
import styles from "./Formula.module.css";
import { editorExtensions, rangeOf, showProblems } from "./setup";

export interface FormulaTextHandle {
  focus: () => void;
  goTo: (problem: Problem) => void;
  /** Puts text at the cursor; `back` is how far from its end the cursor then stands. */
  insert: (text: string, back?: number) => void;
}

interface FormulaTextProps {
  ref?: Ref<FormulaTextHandle>;
  text: string;
  onText: (text: string) => void;
  onCursor?: (before: string) => void;
  offered: Offered | null;
  problems: Problem[];
  label: string;
  hint: string;
  describedBy: string;
  tall?: boolean;
  autoFocus?: boolean;
}

/** The box that a formula is written in. */
export function FormulaText(props: FormulaTextProps) {
  const { ref, text, problems, tall } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  latest.current = props;

  useEffect(() => {
    const parent = host.current;
    if (!parent) return undefined;
    const first = latest.current;
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: first.text,
        selection: { anchor: first.text.length },
        extensions: editorExtensions({
          label: first.label,
          placeholder: first.hint,
          describedBy: first.describedBy,
          offered: () => latest.current.offered,
          onText: (next) => latest.current.onText(next),
          onCursor: (before) => latest.current.onCursor?.(before),
        }),
      }),
    });
    view.current = made;
    if (first.autoFocus) made.focus();
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === text) return;
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: text },
      annotations: Transaction.addToHistory.of(false),
    });
  }, [text]);

  useEffect(() => {
    if (view.current) showProblems(view.current, problems);
  }, [problems]);

  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    goTo: (problem) => {
      const editor = view.current;
      if (!editor) return;
      editor.dispatch({
        selection: { anchor: rangeOf(problem, editor.state.doc.toString()).from },
        scrollIntoView: true,
      });
      editor.focus();
    },
    insert: (added, back = 0) => {
      const editor = view.current;
      if (!editor) return;
      const { from, to } = editor.state.selection.main;
      editor.dispatch({
        changes: { from, to, insert: added },
        selection: { anchor: from + added.length - back },
        userEvent: "input",
        scrollIntoView: true,
      });
      editor.focus();
    },
  }));

  return (
    <div
      ref={host}
      className={classes(styles.text, tall && styles.tall, problems.length > 0 && styles.wrong)}
      data-formula={props.label}
    />
  );
}
