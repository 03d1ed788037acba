/** What the editor offers at the cursor: fields by label, functions by what they do, options of a choice. */
import type { Completion, CompletionContext, CompletionResult, CompletionSource } from "@codemirror/autocomplete";
import type { EditorView } from "@codemirror/view";
import type { FormulaEntity, FormulaFunction, FormulaName } from "@/api/types";
import { type Names, writtenName } from "./names";
import { placeAt } from "./place";

export interface Offered {
  entity: string;
  names: Names;
  functions: FormulaFunction[];
  changed: boolean;
  texts: CompletionTexts;
}

interface CompletionTexts {
  type: (field: FormulaName) => string;
  leadsTo: (target: string, many: boolean) => string;
  example: string;
  fields: string;
  functions: string;
  options: string;
}

const MOST = 60;

function matches(typed: string, ...among: string[]): boolean {
  const wanted = typed.toLowerCase();
  return among.some((each) => each.toLowerCase().includes(wanted));
}

function rank(typed: string, ...among: string[]): number {
  const wanted = typed.toLowerCase();
  return among.some((each) => each.toLowerCase().startsWith(wanted)) ? 1 : 0;
}

function fieldDetail(field: FormulaName, offered: Offered): string {
  const target = offered.names.entity(field.target);
  return target ? offered.texts.leadsTo(target.label, field.many) : offered.texts.type(field);
}

/** Puts a field's name in place; a field that leads on keeps the cursor inside the braces, for the dot. */
function putName(name: string, leads: boolean) {
  return (view: EditorView, _: Completion, from: number, to: number) => {
    const next = view.state.sliceDoc(to, to + 1);
    const closed = next === "}" || next === "｝";
    const anchor = from + name.length + (leads ? 0 : 1);
    view.dispatch({
      changes: { from, to, insert: closed ? name : `${name}}` },
      selection: { anchor },
      userEvent: "input.complete",
      scrollIntoView: true,
    });
  };
}

function fieldOptions(typed: string, entity: FormulaEntity, offered: Offered): Completion[] {
  const found = entity.fields.filter((field) => matches(typed, field.key, field.label, ...field.names));
  return found
    .sort((a, b) => rank(typed, b.label, ...b.names) - rank(typed, a.label, ...a.names))
    .slice(0, MOST)
    .map((field) => ({
      label: field.label,
      detail: fieldDetail(field, offered),
      type: field.many ? "class" : field.target ? "interface" : "property",
      apply: putName(writtenName(field, entity), field.target !== null && field.target !== "file"),
    }));
}

function functionInfo(item: FormulaFunction, texts: CompletionTexts): HTMLElement {
  const box = document.createElement("div");
  const lines: [string, string][] = [
    ["formula-signature", item.signature],
    ["formula-told", item.description],
    ["formula-example", `${texts.example}${item.example}`],
  ];
  for (const [name, text] of lines) {
    const line = document.createElement("p");
    line.className = name;
    line.textContent = text;
    box.append(line);
  }
  return box;
}

/** Puts a function in place with its brackets, the cursor between them where it takes arguments. */
function putFunction(item: FormulaFunction) {
  const bare = item.signature.endsWith("()");
  return (view: EditorView, _: Completion | null, from: number, to: number) => {
    const called = view.state.sliceDoc(to, to + 1) === "(";
    view.dispatch({
      changes: { from, to, insert: called ? item.name : `${item.name}()` },
      selection: { anchor: from + item.name.length + (bare ? 2 : 1) },
      userEvent: "input.complete",
      scrollIntoView: true,
    });
  };
}

function functionOptions(typed: string, offered: Offered): Completion[] {
  return offered.functions
    .filter((item) => offered.changed || item.family !== "change")
    .filter((item) => matches(typed, item.name, item.description, item.family_label))
    .sort((a, b) => rank(typed, b.name) - rank(typed, a.name))
    .map((item) => ({
      label: item.name,
      detail: item.signature.slice(item.name.length),
      type: "function",
      section: { name: offered.texts.functions, rank: 2 },
      info: () => functionInfo(item, offered.texts),
      apply: putFunction(item),
    }));
}

function wordResult(typed: string, from: number, offered: Offered): CompletionResult | null {
  const entity = offered.names.entity(offered.entity);
  const fields = entity
    ? fieldOptions(typed, entity, offered).map((each) => ({
        ...each,
        section: { name: offered.texts.fields, rank: 1 },
        apply: (view: EditorView, option: Completion, start: number, end: number) => {
          view.dispatch({ changes: { from: start, to: end, insert: "{}" } });
          if (typeof each.apply === "function") each.apply(view, option, start + 1, start + 1);
        },
      }))
    : [];
  const latin = /^[A-Za-z]/.test(typed);
  const functions = functionOptions(typed, offered);
  const options = latin ? [...functions, ...fields] : [...fields, ...functions];
  return options.length > 0 ? { from, options, filter: false } : null;
}

function choiceOptions(path: string, typed: string, offered: Offered): Completion[] {
  const field = offered.names.resolve(path, offered.entity)?.at(-1)?.field;
  return (field?.choices ?? [])
    .filter((each) => matches(typed, each.label, each.key))
    .slice(0, MOST)
    .map((each) => ({
      label: each.label,
      detail: each.key,
      type: "enum",
      section: { name: offered.texts.options, rank: 1 },
    }));
}

/** The source of completions over what is offered at the time of asking. */
export function completionSource(offered: () => Offered | null): CompletionSource {
  return (context: CompletionContext) => {
    const all = offered();
    if (!all) return null;
    const before = context.state.sliceDoc(0, context.pos);
    const place = placeAt(before);
    if (place.kind === "field") {
      const entity = all.names.entityAfter(place.path, all.entity);
      if (!entity) return null;
      const options = fieldOptions(place.typed, entity, all);
      return options.length > 0 ? { from: place.from, options, filter: false } : null;
    }
    if (place.kind === "text") {
      const options = choiceOptions(place.path, place.typed, all);
      return options.length > 0 ? { from: place.from, options, filter: false } : null;
    }
    if (place.kind === "word") return wordResult(place.typed, place.from, all);
    return context.explicit ? wordResult("", context.pos, all) : null;
  };
}
