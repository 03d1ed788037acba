/** Finding things by a few letters: the beginning, a part, initials, or pinyin initials of Chinese names. */

/** The first character of each initial, in the order that Chinese collation gives; i, u and v begin no syllable. */
const BOUNDARIES = [..."阿 八 嚓 哒 妸 发 旮 哈 讥 咔 垃 麻 拏 噢 妑 七 呥 仨 他 穵 夕 丫 帀".replaceAll(" ", "")];
const INITIALS = "abcdefghjklmnopqrstwxyz";
const collator = new Intl.Collator("zh-CN-u-co-pinyin");

function initialOf(sign: string): string {
  if (!/\p{Script=Han}/u.test(sign)) return sign.toLowerCase();
  let found = "";
  BOUNDARIES.forEach((boundary, index) => {
    if (collator.compare(boundary, sign) <= 0) found = INITIALS.charAt(index);
  });
  return found;
}

/** Initials of Chinese characters, Latin letters as they are, everything else left out. */
export function initialsOf(text: string): string {
  return [...text]
    .map(initialOf)
    .join("")
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function isScattered(letters: string, text: string): boolean {
  let at = 0;
  for (const sign of text) if (sign === letters.charAt(at)) at++;
  return at >= letters.length;
}

/** How well a name answers to what was typed, 0 where it does not. `more` are other words for the same thing. */
export function likeness(typed: string, name: string, more: string[] = []): number {
  const wanted = typed.trim().toLowerCase();
  if (wanted === "") return 1;
  const text = name.toLowerCase();
  if (text === wanted) return 100;
  if (text.startsWith(wanted)) return 90;
  if (text.includes(wanted)) return 80;
  const initials = initialsOf(name);
  if (initials.startsWith(wanted)) return 70;
  if (text.split(/[\s·:：/]+/).some((word) => word.startsWith(wanted))) return 65;
  if (initials.includes(wanted)) return 60;
  if (more.some((word) => word.toLowerCase().includes(wanted))) return 50;
  if (wanted.length > 2 && isScattered(wanted, text)) return 30;
  return 0;
}
