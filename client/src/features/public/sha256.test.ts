import { expect, test } from "vitest";
import { solve } from "./riddle";
import { sha256 } from "./sha256";

test("hashes are those of the standard", () => {
  expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  expect(sha256("abc")).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(sha256("a".repeat(200))).toBe("c2a908d98f5df987ade41b5fce213067efbcc21ef2240212a41e54b5e7c28ae5");
});

test("a riddle is solved, and gives way to others while it is", async () => {
  const riddle = { algorithm: "SHA-256", salt: "s", challenge: sha256("s4321"), most: 6000, issued: 1, signature: "x" };
  expect((await solve(riddle)).number).toBe(4321);
});
