/** Colours of a formula: enough of its grammar to tell fields, functions, texts and numbers apart. */
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const RULES: [RegExp, string][] = [
  [/^\s+/, ""],
  [/^(?:"(?:[^"]|"")*"?|“[^”]*”?)/, "string"],
  [/^[{｛][^{}｛｝]*[}｝]?/, "field"],
  [/^(?:TRUE|FALSE)\b/i, "bool"],
  [/^[\p{L}_][\p{L}\p{N}_]*/u, "function"],
  [/^[0-9]+(?:\.[0-9]*)?/, "number"],
  [/^[-+*/^%&=<>＋－×÷％＆＝＜＞≠≤≥]+/, "operator"],
];

const formula = StreamLanguage.define({
  name: "formula",
  token(stream) {
    for (const [pattern, kind] of RULES) if (stream.match(pattern)) return kind || null;
    stream.next();
    return null;
  },
  tokenTable: {
    string: tags.string,
    field: tags.variableName,
    bool: tags.bool,
    function: tags.function(tags.variableName),
    number: tags.number,
    operator: tags.operator,
  },
  languageData: { closeBrackets: { brackets: ["(", "{", '"'] } },
});

const colours = HighlightStyle.define([
  { tag: tags.string, color: "var(--green-fg)" },
  { tag: tags.variableName, color: "var(--blue-fg)", backgroundColor: "var(--blue-bg)", borderRadius: "3px" },
  { tag: tags.function(tags.variableName), color: "var(--purple-fg)" },
  { tag: [tags.number, tags.bool], color: "var(--orange-fg)" },
  { tag: tags.operator, color: "var(--ink-mute)" },
]);

const look = EditorView.theme({
  "&": { fontSize: "var(--text)", backgroundColor: "transparent", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-content": { fontFamily: "var(--mono), var(--font)", padding: "6px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 10px", lineHeight: "1.7" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-placeholder": { color: "var(--ink-mute)", fontFamily: "var(--font)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--brand-soft)", outline: "1px solid var(--brand)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "var(--danger-wash)", outline: "1px solid var(--danger)" },
  ".cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": {
    backgroundColor: "var(--brand-soft)",
  },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecoration: "underline wavy var(--danger) 1.5px",
    textUnderlineOffset: "4px",
    textDecorationSkipInk: "none",
  },
  ".cm-tooltip": {
    border: "1px solid var(--line)",
    borderRadius: "var(--radius)",
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    boxShadow: "var(--shadow-2)",
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--font)",
    fontSize: "var(--text-sm)",
    maxHeight: "264px",
    maxWidth: "min(420px, 92vw)",
    minWidth: "220px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "center",
    gap: "8px",
    minHeight: "calc(var(--control) - 2px)",
    padding: "0 10px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > completion-section": {
    display: "list-item",
    borderBottom: "0",
    padding: "6px 10px 2px",
    color: "var(--ink-mute)",
    fontSize: "var(--text-xs)",
    opacity: "1",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--brand)",
    color: "var(--on-brand)",
  },
  ".cm-completionDetail": {
    marginLeft: "auto",
    paddingLeft: "12px",
    color: "var(--ink-mute)",
    fontStyle: "normal",
    overflow: "hidden",
    textOverflow: "ellipsis",
  },
  "li[aria-selected] .cm-completionDetail": { color: "var(--on-brand)" },
  ".cm-tooltip.cm-completionInfo": {
    padding: "10px 12px",
    maxWidth: "320px",
    lineHeight: "1.5",
    fontSize: "var(--text-sm)",
  },
  ".formula-signature": { fontFamily: "var(--mono), var(--font)", color: "var(--purple-fg)" },
  ".formula-told": { margin: "4px 0" },
  ".formula-example": { fontFamily: "var(--mono), var(--font)", color: "var(--ink-mute)", fontSize: "var(--text-xs)" },
});

export const formulaLanguage = [formula, syntaxHighlighting(colours), look];
