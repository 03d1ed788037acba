import type { Json } from "@/api/types";

const MARKS: Record<string, string> = { "，": ",", "。": ".", "．": ".", "－": "-", "￥": "", "¥": "" };

/**
 * What somebody typed as a number: full-width digits and thousands marks are understood, 3.5万 is 35000. Text that is
 * no number is passed on as it is, so that the server can say what is wrong with it.
 */
export function readNumber(text: string, unit = 1): Json {
  const plain = [...text.trim()]
    .map((char) => MARKS[char] ?? (char >= "０" && char <= "９" ? String(char.charCodeAt(0) - 0xff10) : char))
    .join("")
    .replace(/[,\s]/g, "");
  if (plain === "") return null;
  const match = /^(-?\d*\.?\d+|-?\d+\.)(万|亿|k|m)?%?$/i.exec(plain);
  if (!match) return text;
  const times = { 万: 1e4, 亿: 1e8, k: 1e3, m: 1e6 }[match[2]?.toLowerCase() ?? ""] ?? 1;
  if (times === 1 && unit === 1) return (match[1] ?? "").replace(/\.$/, "");
  return String(Number((Number(match[1]) * times * unit).toPrecision(15)));
}
