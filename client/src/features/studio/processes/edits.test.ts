import { expect, it } from "vitest";
import type { Definitions, Process } from "@/api/types/studio";
import { applyOps, invertOps } from "../draft/ops";
import { insertStage, placeStage, removeStage, shiftStage, splitTransition } from "./edits";

const process: Process = {
  key: "flow",
  label: "流程",
  entity: "lead",
  initial: "a",
  stages: [
    { key: "a", label: "A" },
    { key: "b", label: "B" },
    { key: "c", label: "C", kind: "won" },
    { key: "x", label: "X", kind: "lost" },
  ],
  transitions: [
    { key: "to_b", label: "到B", source: ["a"], target: "b" },
    { key: "to_c", label: "到C", source: ["b"], target: "c" },
    { key: "back", label: "退", source: ["b"], target: "a", backward: true },
    { key: "lose", label: "丢", source: ["a", "b"], target: "x" },
  ],
};
const definitions: Definitions = {
  processes: [process],
  roles: [{ key: "rep", label: "代表", grants: [{ entity: "lead", stages: { b: { amount: "hidden" } } }] }],
};
const after = (ops: Parameters<typeof applyOps>[1]) => applyOps(definitions, ops).processes?.[0] as Process;
const ways = (given: Process) => given.transitions.map((each) => `${each.source.join("+")}>${each.target}`);
const move = { key: "to_n", label: "到N", source: [], target: "n" };

it("inserts a stage into the way on", () => {
  const found = after(insertStage(process, { key: "n", label: "N" }, "a", move));
  expect(found.stages.map((each) => each.key)).toEqual(["a", "n", "b", "c", "x"]);
  expect(ways(found)).toEqual(["n>b", "b>c", "b>a", "a+b+n>x", "a>n"]);
});

it("puts a stage into one transition", () => {
  const found = after(
    splitTransition(process, process.transitions[1] as Process["transitions"][0], { key: "n", label: "N" }, move),
  );
  expect(found.stages.map((each) => each.key)).toEqual(["a", "b", "n", "c", "x"]);
  expect(ways(found)).toEqual(["a>b", "n>c", "b>a", "a+b>x", "b>n"]);
});

it("takes a stage out and closes the gap", () => {
  const ops = removeStage(definitions, process, "b");
  const found = after(ops);
  expect(found.stages.map((each) => each.key)).toEqual(["a", "c", "x"]);
  expect(ways(found)).toEqual(["a>c", "a>x"]);
  expect(applyOps(definitions, ops).roles?.[0]?.grants?.[0]?.stages).toEqual({});
  expect(applyOps(applyOps(definitions, ops), invertOps(definitions, ops))).toEqual(definitions);
});

it("gives new records another first stage when theirs is taken out", () => {
  expect(after(removeStage(definitions, process, "a")).initial).toBe("b");
});

it("changes the order", () => {
  const order = (ops: Parameters<typeof applyOps>[1]) => after(ops).stages.map((each) => each.key);
  expect(order(shiftStage(process, "a", 1))).toEqual(["b", "a", "c", "x"]);
  expect(order(shiftStage(process, "x", -1))).toEqual(["a", "b", "x", "c"]);
  expect(shiftStage(process, "a", -1)).toEqual([]);
  expect(order(placeStage(process, "a", 2))).toEqual(["b", "c", "a", "x"]);
});
