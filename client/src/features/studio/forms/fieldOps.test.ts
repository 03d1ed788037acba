import { describe, expect, it } from "vitest";
import type { Definitions, Entity, Field, Op } from "@/api/types/studio";
import { applyOps } from "../draft/ops";
import { addField, duplicateField, entityOf, isNamed, nameField, rekeyField, removeField } from "./fieldOps";

const names = {
  language: "zh",
  label: "新字段",
  option: (number: number) => `选项${number}`,
  item: "品名",
  numbering: "编号",
};
const LEAD: Entity = {
  key: "lead",
  label: "线索",
  title: "name",
  duplicates: [["name"], ["phone", "name"]],
  fields: [
    { key: "name", label: "名称", type: "text" },
    { key: "phone", label: "电话", type: "phone" },
    { key: "note", label: "备注", type: "text", visible_if: "{phone} <> BLANK()" },
  ],
};
const PLAIN: Definitions = { entities: [LEAD, { key: "customer", label: "客户", title: "name", fields: [] }] };
const LAID: Definitions = {
  entities: [
    {
      ...LEAD,
      layout: {
        tabs: [{ key: "main", groups: [{ key: "g", fields: [{ key: "name", width: 2 }, { key: "note" }] }] }],
        hidden: ["phone"],
      },
    },
  ],
};
const lead = (definitions: Definitions) => entityOf(definitions, "lead") as Entity;
const fieldOf = (definitions: Definitions, key: string) =>
  lead(definitions).fields.find((field) => field.key === key) as Field;
const did = (definitions: Definitions, ops: Op[]) => lead(applyOps(definitions, ops));
const layoutKeys = (entity: Entity) => entity.layout?.tabs?.[0]?.groups?.[0]?.fields?.map((each) => each.key);

describe("fields of a form", () => {
  it("adds one at a place, with a key and a label of its own", () => {
    const { key, ops } = addField(PLAIN, lead(PLAIN), "text", names, { group: "main", before: "phone" });
    expect(key).toBe("text");
    expect(did(PLAIN, ops).fields.map((field) => field.key)).toEqual(["name", "text", "phone", "note"]);
    expect(did(PLAIN, ops).fields[1]?.label).toEqual({ zh: "新字段" });
    const laid = addField(LAID, lead(LAID), "date", names, { group: "g", before: "note" });
    expect(layoutKeys(did(LAID, laid.ops))).toEqual(["name", "date", "note"]);
  });

  it.each([
    ["single_select", "options"],
    ["relation", "target"],
    ["auto_number", "numbering"],
    ["sub_table", "entity"],
    ["rollup", "children"],
    ["lookup", "relation"],
    ["formula", "formula"],
  ])("gives a %s what it needs", (type, option) => {
    const { key, ops } = addField(PLAIN, lead(PLAIN), type, names, null);
    expect(did(PLAIN, ops).fields.find((field) => field.key === key)?.options).toHaveProperty(option);
  });

  it("makes the table of a sub-table, and takes it away again", () => {
    const { key, ops } = addField(PLAIN, lead(PLAIN), "sub_table", names, null);
    const added = applyOps(PLAIN, ops);
    expect(entityOf(added, "lead_rows")).toMatchObject({ parent: "lead", title: "name" });
    const copied = duplicateField(added, lead(added), key, names);
    expect(entityOf(applyOps(added, copied?.ops ?? []), "lead_rows_2")).toBeDefined();
    expect(entityOf(applyOps(added, removeField(added, lead(added), key)), "lead_rows")).toBeUndefined();
    const goods = applyOps(added, nameField(added, lead(added), fieldOf(added, key), { zh: "货物" }));
    expect(entityOf(goods, "lead_rows")?.label).toEqual({ zh: "货物" });
    const own = applyOps(goods, [{ op: "put", path: ["entities", "lead_rows", "label"], value: { zh: "清单" } }]);
    const renamed = applyOps(own, nameField(own, lead(own), fieldOf(own, key), { zh: "物料" }));
    expect(entityOf(renamed, "lead_rows")?.label).toEqual({ zh: "清单" });
  });

  it("copies a field behind itself, as wide", () => {
    const copied = duplicateField(LAID, lead(LAID), "name", names);
    expect(copied?.key).toBe("name_2");
    const after = did(LAID, copied?.ops ?? []);
    expect(layoutKeys(after)).toEqual(["name", "name_2", "note"]);
    expect(after.layout?.tabs?.[0]?.groups?.[0]?.fields?.[1]).toEqual({ key: "name_2", width: 2 });
  });

  it("removes a field from everywhere in its form", () => {
    const gone = did(LAID, removeField(LAID, lead(LAID), "phone"));
    expect(gone.fields.map((field) => field.key)).toEqual(["name", "note"]);
    expect(gone.duplicates).toEqual([["name"], ["name"]]);
    expect(gone.layout?.hidden).toBeUndefined();
  });

  it("renames a key only where nothing names it", () => {
    expect(isNamed(PLAIN, lead(PLAIN), "name")).toBe(true);
    expect(isNamed(PLAIN, lead(PLAIN), "phone")).toBe(true);
    expect(isNamed(PLAIN, lead(PLAIN), "note")).toBe(false);
    const dated = { ...LEAD, fields: [...LEAD.fields, { key: "date", label: "日期", type: "date" }] };
    expect(isNamed({ entities: [dated] }, dated, "date")).toBe(false);
    const roles = [{ key: "rep", label: "销售", grants: [{ entity: "lead", fields: { date: "hidden" as const } }] }];
    expect(isNamed({ entities: [dated], roles }, dated, "date")).toBe(true);
    const renamed = did(LAID, rekeyField(lead(LAID), "note", "remark"));
    expect(renamed.fields.map((field) => field.key)).toEqual(["name", "phone", "remark"]);
    expect(layoutKeys(renamed)).toEqual(["name", "remark"]);
  });
});
