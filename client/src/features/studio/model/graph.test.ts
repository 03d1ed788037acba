import { describe, expect, it } from "vitest";
import type { Definitions } from "@/api/types/studio";
import { appOf, colourOfApp, relationsOf } from "./graph";

const MODEL: Definitions = {
  apps: [
    { key: "base", label: "基础" },
    { key: "sales", label: "销售", menu: [{ key: "m", label: "商机", view: "deal_all" }] },
  ],
  views: [{ key: "deal_all", label: "全部", entity: "deal" }],
  entities: [
    { key: "customer", label: "客户", title: "name", fields: [{ key: "name", label: "名称", type: "text" }] },
    {
      key: "deal",
      label: "商机",
      title: "name",
      fields: [
        { key: "customer", label: "客户", type: "relation", options: { target: "customer" } },
        { key: "partners", label: "伙伴", type: "many_to_many", options: { target: "customer" } },
        { key: "lines", label: "明细", type: "sub_table", options: { entity: "line" } },
        { key: "lost", label: "没有", type: "relation", options: { target: "nothing" } },
      ],
    },
    { key: "line", label: "明细", title: "name", parent: "deal", fields: [] },
  ],
};

describe("the model as a graph", () => {
  it("has an edge for each field that leads somewhere", () => {
    const found = relationsOf(MODEL).map((each) => [each.id, each.target, each.cardinality]);
    expect(found).toEqual([
      ["deal.customer", "customer", "one"],
      ["deal.partners", "customer", "many"],
      ["deal.lines", "line", "rows"],
    ]);
  });

  it("is coloured by the app that shows it", () => {
    const [customer, deal, line] = MODEL.entities ?? [];
    if (!customer || !deal || !line) throw new Error("three entities");
    expect([appOf(customer, MODEL), appOf(deal, MODEL), appOf(line, MODEL)]).toEqual([null, "sales", "sales"]);
    expect(colourOfApp("sales", MODEL)).toBe("blue");
    expect(colourOfApp(null, MODEL)).toBe("grey");
  });
});
