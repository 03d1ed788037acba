import { describe, expect, it } from "vitest";
import type { EntityDefinition, FieldDefinition } from "@/api/types";
import { contextField, nearTo } from "./kin";

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
