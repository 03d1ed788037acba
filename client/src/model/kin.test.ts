import { describe, expect, it } from "vitest";
import type { EntityDefinition, FieldDefinition } from "@/api/types";
import { contextField, nearTo, suiting, unsettled } from "./kin";

const relation = (key: string, target: string) =>
  ({ key, type: "relation", options: { target } }) as unknown as FieldDefinition;
const entity = (key: string, ...fields: FieldDefinition[]) => ({ key, fields }) as unknown as EntityDefinition;

describe("records near to the one that is filled in", () => {
  const contact = entity("contact", relation("boss", "contact"), relation("customer", "customer"));
  const lead = entity("lead", relation("contact", "contact"), relation("buyer", "customer"));

  it("are those of the same customer", () => {
    expect(contextField(contact)?.key).toBe("customer");
    expect(nearTo(contact, lead, { buyer: "c1" })).toEqual({ field: "customer", op: "in", value: ["c1"] });
  });

  it("are nobody in particular before a customer is chosen, or where there is none", () => {
    expect(nearTo(contact, lead, { buyer: null })).toBeNull();
    expect(nearTo(lead, entity("note"), {})).toBeNull();
    expect(nearTo(undefined, lead, {})).toBeNull();
  });
});

describe("a relation that is narrowed", () => {
  const contact = entity("contact", relation("firm", "customer"));
  const customer = relation("customer", "customer");
  const narrowed = {
    ...relation("contact", "contact"),
    options: { target: "contact", narrow: { field: "customer", by: "firm" } },
  };

  it("takes only what suits", () => {
    expect(suiting(narrowed, contact, { customer: "c1" })).toEqual({ field: "firm", op: "eq", value: "c1" });
    expect(suiting(narrowed, contact, {})).toBeNull();
    expect(suiting(narrowed, entity("contact"), { customer: "c1" })).toBeNull();
  });

  it("is emptied with another customer, and not with the same or the first", () => {
    const fields = [customer, narrowed];
    expect(unsettled(fields, { customer: "c1", contact: "p" }, "customer", "c2")).toEqual(["contact"]);
    expect(unsettled(fields, { customer: "c1", contact: "p" }, "customer", "c1")).toEqual([]);
    expect(unsettled(fields, { contact: "p" }, "customer", "c2")).toEqual([]);
  });
});
