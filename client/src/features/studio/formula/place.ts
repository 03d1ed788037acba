/** Where the cursor stands in a formula: inside a field's braces, in a text, at a word, in a function's brackets. */

export type Place =
  | { kind: "field"; path: string; typed: string; from: number }
  | { kind: "text"; path: string; typed: string; from: number }
  | { kind: "word"; typed: string; from: number }
  | { kind: "none" };

const WORD = /[\p{L}_][\p{L}\p{N}_]*$/u;
const COMPARED = /[{｛]([^{}｛｝]*)[}｝]\s*(?:=|＝|<>|≠|!=|,|，)\s*$/;

interface Scan {
  /** Where the text or the braces began that the cursor is inside of. */
  open: { sign: string; at: number } | null;
  /** Functions whose brackets are open, innermost last, with the argument that the cursor is in. */
  calls: { name: string; argument: number }[];
}

/** Reads a formula up to the cursor. */
export function scan(before: string): Scan {
  let open: Scan["open"] = null;
  const calls: Scan["calls"] = [];
  for (let at = 0; at < before.length; at++) {
    const sign = before[at] ?? "";
    if (open) {
      if ((open.sign === '"' && sign === '"') || (open.sign === "“" && sign === "”")) open = null;
      else if (open.sign === "{" && /[}｝]/.test(sign)) open = null;
    } else if (sign === '"' || sign === "“") open = { sign, at };
    else if (/[{｛]/.test(sign)) open = { sign: "{", at };
    else if (/[(（]/.test(sign))
      calls.push({ name: (WORD.exec(before.slice(0, at))?.[0] ?? "").toUpperCase(), argument: 0 });
    else if (/[)）]/.test(sign)) calls.pop();
    else if (/[,，;；]/.test(sign)) {
      const inner = calls.at(-1);
      if (inner) inner.argument += 1;
    }
  }
  return { open, calls };
}

export function placeAt(before: string): Place {
  const { open } = scan(before);
  if (open?.sign === "{") {
    const inside = before.slice(open.at + 1);
    const dot = Math.max(inside.lastIndexOf("."), inside.lastIndexOf("．"));
    const typed = inside.slice(dot + 1);
    return {
      kind: "field",
      path: inside.slice(0, Math.max(dot, 0)),
      typed: typed.trim(),
      from: before.length - typed.trimStart().length,
    };
  }
  if (open) {
    const path = COMPARED.exec(before.slice(0, open.at))?.[1];
    if (path === undefined) return { kind: "none" };
    return { kind: "text", path, typed: before.slice(open.at + 1), from: open.at + 1 };
  }
  const typed = WORD.exec(before)?.[0];
  return typed ? { kind: "word", typed, from: before.length - typed.length } : { kind: "none" };
}

/** The function and argument that the cursor is in. */
export function callAt(before: string): { name: string; argument: number } | null {
  return (
    scan(before)
      .calls.filter((each) => each.name !== "")
      .at(-1) ?? null
  );
}

const MENDED: Record<string, string> = {
  "（": "(",
  "）": ")",
  "，": ",",
  "；": ",",
  "｛": "{",
  "｝": "}",
  "【": "{",
  "】": "}",
  "“": '"',
  "”": '"',
  "‘": '"',
  "’": '"',
  "＝": "=",
  "＋": "+",
  "－": "-",
  "×": "*",
  "÷": "/",
  "＞": ">",
  "＜": "<",
  "％": "%",
  "＆": "&",
  "．": ".",
  "、": ",",
};

/** What a sign of a Chinese keyboard is meant for at this place; null where it stays as it is. */
export function mended(sign: string, before: string): string | null {
  const { open } = scan(before);
  if (open && open.sign !== "{") return open.sign === '"' && /[”“]/.test(sign) ? '"' : null;
  if (open) return sign === "。" || sign === "．" ? "." : sign === "｝" || sign === "】" ? "}" : null;
  return MENDED[sign] ?? null;
}

/** Characters counted as the server counts them (whole code points) as an offset into a JavaScript string. */
export function offsetOf(text: string, characters: number): number {
  let offset = 0;
  for (let left = characters; left > 0 && offset < text.length; left--)
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}
