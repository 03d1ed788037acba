/** The parts of the editor put together. */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
import { type Extension, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, placeholder, tooltips } from "@codemirror/view";
import type { Problem } from "@/api/types";
import { completionSource, type Offered } from "./completion";
import { formulaLanguage } from "./language";
import { mended, offsetOf } from "./place";

/** Signs of a Chinese keyboard become the plain ones where the language means them. */
const mending = EditorView.inputHandler.of((view, from, to, text) => {
  if (text.length !== 1 || view.composing) return false;
  const plain = mended(text, view.state.sliceDoc(0, from));
  if (plain === null || plain === text) return false;
  const opens = { "(": "()", "{": "{}", '"': '""' }[plain] ?? plain;
  const next = view.state.sliceDoc(to, to + 1);
  const overtypes = /[)}"]/.test(plain) && next === plain;
  const insert = overtypes ? "" : /[\w{]/.test(next) ? plain : opens;
  view.dispatch({
    changes: { from, to, insert },
    selection: { anchor: from + 1 },
    userEvent: "input.type",
    scrollIntoView: true,
  });
  if (plain === "{") startCompletion(view);
  return true;
});

interface EditorParts {
  label: string;
  placeholder: string;
  describedBy: string;
  offered: () => Offered | null;
  onText: (text: string) => void;
  onCursor: (before: string) => void;
}

export function editorExtensions(parts: EditorParts): Extension[] {
  return [
    formulaLanguage,
    history(),
    drawSelection(),
    EditorView.lineWrapping,
    bracketMatching({ brackets: "(){}（）｛｝" }),
    Prec.high(mending),
    closeBrackets(),
    autocompletion({ override: [completionSource(parts.offered)], icons: false, activateOnTypingDelay: 60 }),
    tooltips({ position: "fixed" }),
    placeholder(parts.placeholder),
    Prec.highest(keymap.of([{ key: "Tab", run: acceptCompletion }])),
    keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({
      "aria-label": parts.label,
      "aria-describedby": parts.describedBy,
      "aria-multiline": "true",
      spellcheck: "false",
      autocapitalize: "off",
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) parts.onText(update.state.doc.toString());
      if (update.docChanged || update.selectionSet)
        parts.onCursor(update.state.sliceDoc(0, update.state.selection.main.head));
    }),
  ];
}

/** Where a problem lies in the text, at least one character wide. */
export function rangeOf(problem: Problem, text: string): { from: number; to: number } {
  const position = Number(problem.params?.position ?? 0);
  const length = Number(problem.params?.length ?? 0);
  const from = Math.min(offsetOf(text, position), Math.max(text.length - 1, 0));
  const to = Math.min(Math.max(offsetOf(text, position + length), from + 1), text.length);
  return { from, to };
}

export function showProblems(view: EditorView, problems: Problem[]): void {
  const text = view.state.doc.toString();
  const found: Diagnostic[] = text
    ? problems.map((each) => ({ ...rangeOf(each, text), severity: "error", message: each.message }))
    : [];
  view.dispatch(setDiagnostics(view.state, found));
}
