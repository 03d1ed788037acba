import { expect, it } from "vitest";
import { piecesOf, queryAt, toKept, toWritten } from "./mentions";

const WANG = { id: "01890a5d-ac96-774b-bcce-b302099a8057", name: "王芳", can_read: true };
const WANGS = { id: "01890a5d-ac96-774b-bcce-b302099a8058", name: "王芳菲", can_read: false };
const both = [WANG, WANGS];

it("keeps ids and writes names", () => {
  const written = "请@王芳菲 和 @王芳 看看";
  const kept = `请@[${WANGS.id}] 和 @[${WANG.id}] 看看`;
  expect(toKept(written, both)).toBe(kept);
  expect(toWritten(kept, both)).toBe(written);
  expect(piecesOf(kept, both)).toEqual([
    { text: "请" },
    { mention: WANGS },
    { text: " 和 " },
    { mention: WANG },
    { text: " 看看" },
  ]);
});

it("sees who is being named", () => {
  expect(queryAt("你好 @王", 5)).toBe("王");
  expect(queryAt("你好 @", 4)).toBe("");
  expect(queryAt("请@li", 4)).toBe("li");
  expect(queryAt("mail a@b.c", 8)).toBe(null);
  expect(queryAt("@王芳 好", 5)).toBe(null);
});
