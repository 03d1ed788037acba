/** Changes of an app plan while it is being checked. Pure. */
import type { AppPlan, Calculated, ColumnFacts, ColumnPlan, SheetFacts, SheetPlan } from "@/api/types/entrances";

export const TYPES = [
  "text",
  "long_text",
  "integer",
  "decimal",
  "money",
  "percent",
  "date",
  "date_time",
  "switch",
  "single_select",
  "multi_select",
  "email",
  "phone",
  "url",
  "region",
  "relation",
] as const;
export const RESULTS = ["integer", "decimal", "money", "percent", "date", "text", "switch"] as const;

export const isIncluded = (column: ColumnPlan) => column.included !== false;

/** The column as another type: what belongs to the old type goes, what the new one needs comes from the facts. */
export function withType(column: ColumnPlan, type: string, facts: ColumnFacts): ColumnPlan {
  const kept: ColumnPlan = { column: column.column, key: column.key, label: column.label, type };
  if (column.included === false) kept.included = false;
  if (type === "single_select") kept.choices = facts.choices;
  if (type === "multi_select") kept.choices = partsOf(facts.choices);
  if (type === "decimal") kept.scale = column.scale ?? 2;
  if (type === "date" || type === "date_time") kept.order = column.order ?? null;
  if (type === "money") kept.currency = column.currency ?? "CNY";
  const guess = facts.relations[0];
  if (type === "relation" && guess)
    return { ...kept, target: guess.target, target_column: guess.column, replacements: guess.replacements };
  return kept;
}

function partsOf(choices: string[]): string[] {
  return [...new Set(choices.flatMap((each) => each.split(/[、,，;；|/\n]/)).map((each) => each.trim()))].filter(
    Boolean,
  );
}

/** The column leading to another sheet: to what its records are called by. */
export function withTarget(column: ColumnPlan, target: SheetPlan, facts: ColumnFacts): ColumnPlan {
  const guess = facts.relations.find((each) => each.target === target.id && each.column === target.title);
  return {
    ...column,
    type: "relation",
    target: target.id,
    target_column: target.title,
    replacements: guess?.replacements ?? {},
  };
}

export function withColumn(sheet: SheetPlan, column: ColumnPlan): SheetPlan {
  const columns = sheet.columns.map((each) => (each.column === column.column ? column : each));
  const board = columns.find((each) => each.column === sheet.board);
  const title = columns.find((each) => each.column === sheet.title);
  return {
    ...sheet,
    columns,
    title: title && isIncluded(title) && canBeTitle(title) ? sheet.title : "",
    board: board && isIncluded(board) && board.type === "single_select" ? (sheet.board ?? null) : null,
  };
}

export const canBeTitle = (column: ColumnPlan) => ["text", "long_text", "email", "phone", "url"].includes(column.type);

/** Another title: relations that lead here follow it. */
export function withTitle(plan: AppPlan, sheet: SheetPlan, title: string): AppPlan {
  const sheets = plan.sheets.map((each) => ({
    ...each,
    ...(each.id === sheet.id ? { title } : {}),
    columns: each.columns.map((column) =>
      column.type === "relation" && column.target === sheet.id ? { ...column, target_column: title } : column,
    ),
  }));
  return { ...plan, sheets };
}

export function withSheet(plan: AppPlan, sheet: SheetPlan): AppPlan {
  return { ...plan, sheets: plan.sheets.map((each) => (each.id === sheet.id ? sheet : each)) };
}

export function withCalculated(sheet: SheetPlan, at: number, change: Partial<Calculated> | null): SheetPlan {
  const list = [...(sheet.calculated ?? [])];
  if (change === null) list.splice(at, 1);
  else {
    const before = list[at] ?? { key: freeKey(sheet), label: "", formula: "", result: "decimal" };
    list[at] = { ...before, ...change };
  }
  return { ...sheet, calculated: list };
}

function freeKey(sheet: SheetPlan): string {
  const taken = new Set([
    ...sheet.columns.map((each) => each.key),
    ...(sheet.calculated ?? []).map((each) => each.key),
  ]);
  let number = 1;
  while (taken.has(`calculated_${number}`)) number += 1;
  return `calculated_${number}`;
}

export function factsOf(facts: SheetFacts[], sheet: string, column: string): ColumnFacts {
  const found = facts.find((each) => each.id === sheet)?.columns.find((each) => each.column === column);
  return found ?? { column, samples: [], filled: 0, distinct: 0, fits: [], choices: [], relations: [] };
}

/** How many values suit a type, where the type is one that values can fail. */
export function fitOf(facts: ColumnFacts, column: ColumnPlan): { share: number; misfits: string[] } | null {
  if (column.type === "relation") {
    const guess = facts.relations.find((each) => each.target === column.target);
    return guess ? { share: guess.share, misfits: guess.unmatched } : null;
  }
  return facts.fits.find((each) => each.type === column.type) ?? null;
}
