/**
 * Simple conditions between a formula and the rows of a form: `AND({客户类型} = "企业", {金额} > 1000)`. What the rows
 * cannot say stays a formula.
 */
import { labelText, type PlainLabel } from "./labels";

export type Comparison = "eq" | "ne" | "gt" | "ge" | "lt" | "le" | "contains" | "filled" | "empty" | "yes" | "no";

export interface SimpleCondition {
  field: string;
  op: Comparison;
  /** Text of an option, number or text; empty for comparisons without one. */
  value: string;
}

export interface SimpleConditions {
  all: boolean;
  rows: SimpleCondition[];
}

export interface ConditionTarget {
  key: string;
  label: string;
  kind: "choice" | "choices" | "number" | "switch" | "text" | "other";
  options: { key: string; label: string }[];
}

interface PlainField {
  key: string;
  label: PlainLabel;
  type: string;
  options?: Record<string, unknown>;
}

interface PlainOption {
  key: string;
  label: PlainLabel;
  retired?: boolean;
}

interface PlainDefinitions {
  entities?: readonly { key: string; fields: readonly PlainField[] }[];
  option_sets?: readonly { key: string; options: readonly PlainOption[] }[];
  processes?: readonly { entity: string; stages: readonly { key: string; label: PlainLabel }[] }[];
}

const KINDS: Record<string, ConditionTarget["kind"]> = {
  single_select: "choice",
  multi_select: "choices",
  checklist: "choices",
  integer: "number",
  decimal: "number",
  money: "number",
  percent: "number",
  rating: "number",
  duration: "number",
  switch: "switch",
  text: "text",
  long_text: "text",
  email: "text",
  phone: "text",
  url: "text",
  barcode: "text",
};

const OPERATORS: Record<ConditionTarget["kind"], Comparison[]> = {
  choice: ["eq", "ne", "filled", "empty"],
  choices: ["contains", "filled", "empty"],
  number: ["gt", "ge", "lt", "le", "eq", "ne", "filled", "empty"],
  switch: ["yes", "no"],
  text: ["eq", "ne", "contains", "filled", "empty"],
  other: ["filled", "empty"],
};

export const operatorsOf = (target: ConditionTarget): Comparison[] => OPERATORS[target.kind];
export const takesValue = (op: Comparison) => !["filled", "empty", "yes", "no"].includes(op);

/** The fields of an entity that a simple condition can compare, and its stage (called `stage`) where there is a process. */
export function conditionTargets(
  definitions: PlainDefinitions,
  entity: string,
  language: string,
  stage: string,
): ConditionTarget[] {
  const found = definitions.entities?.find((each) => each.key === entity);
  const named = (options: readonly PlainOption[]) =>
    options.filter((each) => !each.retired).map((each) => ({ key: each.key, label: labelText(each.label, language) }));
  const targets = (found?.fields ?? []).flatMap((field): ConditionTarget[] => {
    if (field.type === "sub_table") return [];
    const options = field.options ?? {};
    const isComputed = ["formula", "lookup", "rollup"].includes(field.type);
    const type = isComputed && typeof options.result === "string" ? options.result : field.type;
    const set = definitions.option_sets?.find((each) => each.key === options.set);
    const own = Array.isArray(options.options) ? (options.options as PlainOption[]) : [];
    const target = { key: field.key, label: labelText(field.label, language), kind: KINDS[type] ?? "other" };
    return [{ ...target, options: named(set?.options ?? own) }];
  });
  const process = definitions.processes?.find((each) => each.entity === entity);
  if (!process) return targets;
  return [...targets, { key: "stage", label: stage, kind: "choice", options: named(process.stages) }];
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const SIGNS: Partial<Record<Comparison, string>> = { eq: "=", ne: "<>", gt: ">", ge: ">=", lt: "<", le: "<=" };

function writeRow(row: SimpleCondition, target: ConditionTarget | undefined): string {
  const field = `{${row.field}}`;
  if (row.op === "filled") return `NOT(ISBLANK(${field}))`;
  if (row.op === "empty") return `ISBLANK(${field})`;
  if (row.op === "yes" || row.op === "no") return `${field} = ${row.op === "yes" ? "TRUE" : "FALSE"}`;
  const value = target?.kind === "number" ? row.value.trim() || "0" : quoted(row.value);
  return row.op === "contains" ? `CONTAINS(${field}, ${value})` : `${field} ${SIGNS[row.op]} ${value}`;
}

export function writeConditions({ all, rows }: SimpleConditions, targets: readonly ConditionTarget[]): string {
  const texts = rows.map((row) =>
    writeRow(
      row,
      targets.find((each) => each.key === row.field),
    ),
  );
  return texts.length > 1 ? `${all ? "AND" : "OR"}(${texts.join(", ")})` : (texts[0] ?? "");
}

/** Splits `a, b(c, d), "e, f"` at the commas outside brackets and quotes; null where they do not close. */
function splitArguments(text: string): string[] | null {
  const parts: string[] = [];
  let depth = 0;
  let isQuoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth < 0) return null;
    if (depth === 0 && (character === "," || character === "，")) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  return depth === 0 && !isQuoted ? [...parts, text.slice(from)] : null;
}

const FIELD = "\\{\\s*([^{}.]+?)\\s*\\}";
const TEXT = '"((?:[^"]|"")*)"';
const FILLED = new RegExp(`^NOT\\(\\s*ISBLANK\\(\\s*${FIELD}\\s*\\)\\s*\\)$`, "i");
const EMPTY = new RegExp(`^ISBLANK\\(\\s*${FIELD}\\s*\\)$`, "i");
const CONTAINS = new RegExp(`^CONTAINS\\(\\s*${FIELD}\\s*,\\s*${TEXT}\\s*\\)$`, "i");
const COMPARED = new RegExp(`^${FIELD}\\s*(=|<>|>=|<=|>|<)\\s*(?:${TEXT}|(-?[0-9]+(?:\\.[0-9]+)?)|(TRUE|FALSE))$`, "i");
const plain = (text: string) => text.replaceAll('""', '"');

function readRow(text: string, targets: readonly ConditionTarget[]): SimpleCondition | null {
  const row = readShape(text.trim());
  const target = row && targets.find((each) => each.key === row.field || each.label === row.field);
  if (!row || !target || !operatorsOf(target).includes(row.op)) return null;
  if ((target.kind === "choice" || target.kind === "choices") && takesValue(row.op)) {
    const option = target.options.find((each) => each.key === row.value || each.label === row.value);
    return option ? { ...row, field: target.key, value: option.key } : null;
  }
  return { ...row, field: target.key };
}

function readShape(text: string): SimpleCondition | null {
  const filled = FILLED.exec(text);
  if (filled?.[1]) return { field: filled[1], op: "filled", value: "" };
  const empty = EMPTY.exec(text);
  if (empty?.[1]) return { field: empty[1], op: "empty", value: "" };
  const contains = CONTAINS.exec(text);
  if (contains?.[1]) return { field: contains[1], op: "contains", value: plain(contains[2] ?? "") };
  const compared = COMPARED.exec(text);
  if (!compared?.[1]) return null;
  const [, field, sign, said, number, truth] = compared;
  if (truth) return sign === "=" ? { field, op: truth.toUpperCase() === "TRUE" ? "yes" : "no", value: "" } : null;
  const op = (Object.keys(SIGNS) as Comparison[]).find((each) => SIGNS[each] === sign);
  return op ? { field, op, value: said === undefined ? (number ?? "") : plain(said) } : null;
}

/** The rows that a formula comes to; null where it says more than rows can. */
export function readConditions(formula: string, targets: readonly ConditionTarget[]): SimpleConditions | null {
  const text = formula.trim();
  const joined = /^(AND|OR)\(([\s\S]*)\)$/i.exec(text);
  const parts = joined ? splitArguments(joined[2] ?? "") : [text];
  if (!parts) return null;
  const rows = parts.map((each) => readRow(each, targets));
  if (rows.some((each) => each === null)) return null;
  return { all: joined?.[1]?.toUpperCase() !== "OR", rows: rows as SimpleCondition[] };
}
