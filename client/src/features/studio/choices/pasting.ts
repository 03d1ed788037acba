/** Lines that somebody pastes as options: one per line, `label`, or `label<TAB>English`. */
export interface PastedLine {
  zh: string;
  en: string;
}

export function readLines(text: string, known: readonly string[]): { fresh: PastedLine[]; repeated: string[] } {
  const seen = new Set(known.map((each) => each.trim()));
  const fresh: PastedLine[] = [];
  const repeated: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const [zh = "", en = ""] = line.split("\t").map((each) => each.trim());
    if (!zh) continue;
    if (seen.has(zh)) repeated.push(zh);
    else {
      seen.add(zh);
      fresh.push({ zh, en });
    }
  }
  return { fresh, repeated };
}
