/** Mentions in comments: people are named while writing, and kept by id. */
import type { Mention } from "@/api/types";

const KEPT = /@\[([0-9a-f-]{36})\]/gi;

type Piece = { text: string } | { mention: Mention };

/** A comment's text in pieces, mentions apart from words. */
export function piecesOf(text: string, people: Mention[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(KEPT)) {
    const mention = people.find((each) => each.id === match[1]?.toLowerCase());
    if (!mention) continue;
    if (match.index > at) found.push({ text: text.slice(at, match.index) });
    found.push({ mention });
    at = match.index + match[0].length;
  }
  if (at < text.length) found.push({ text: text.slice(at) });
  return found;
}

/** The text as it is written: names in the place of ids. */
export function toWritten(text: string, people: Mention[]): string {
  return piecesOf(text, people)
    .map((piece) => ("text" in piece ? piece.text : `@${piece.mention.name}`))
    .join("");
}

/** The text as it is kept: ids in the place of the names of chosen people, the longest names first. */
export function toKept(written: string, people: Mention[]): string {
  const ordered = [...people].sort((one, other) => other.name.length - one.name.length);
  return ordered.reduce((text, person) => text.split(`@${person.name}`).join(`@[${person.id}]`), written);
}

/** What is being typed after the last @ before the caret; null where nobody is being named. */
export function queryAt(written: string, caret: number): string | null {
  const match = /(?:^|[^\w@])@([^\s@[\]]{0,20})$/u.exec(written.slice(0, caret));
  return match?.[1] ?? null;
}
