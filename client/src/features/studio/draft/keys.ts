/** Keys of new things, made from their labels. */
import { draftApi } from "@/api/studio";

const LONGEST = 40;
/** Keys that the platform keeps for itself, of fields and of forms. */
const RESERVED = new Set([
  "id", "version", "created_at", "created_by", "updated_at", "updated_by", "owner", "department", "deleted_at", "stage",
  "stage_since", "frozen_until", "search", "parent_id", "position", "parent", "member", "file",
]); // biome-ignore format: a list

/** A key for a label, unlike those taken; Chinese is spelled by its sound. */
export async function makeKey(label: string, taken: Iterable<string>, fallback = "x"): Promise<string> {
  return distinctKey(await spelled(label.trim(), fallback), taken);
}

/** The key itself, or with the first number behind it that makes it unlike those taken. */
export function distinctKey(key: string, taken: Iterable<string>): string {
  const all = new Set(taken);
  const isFree = (each: string) => !all.has(each) && !RESERVED.has(each);
  if (isFree(key)) return key;
  for (let number = 2; ; number += 1) {
    const tail = `_${number}`;
    const tried = `${key.slice(0, LONGEST - tail.length)}${tail}`;
    if (isFree(tried)) return tried;
  }
}

/** Keys for many labels, in their order, unlike those taken and each other; one request for all of them. */
export async function makeKeys(labels: string[], taken: Iterable<string>, fallback = "x"): Promise<string[]> {
  const sounds = labels.map((label) => label.trim());
  const foreign = [...new Set(sounds.filter((each) => each && !ownSpelling(each)))];
  const made = foreign.length > 0 ? await draftApi.keys(foreign).catch(() => []) : [];
  const known = new Map(foreign.map((each, at) => [each, made[at]]));
  const all = [...taken];
  return sounds.map((each) => {
    const key = ownSpelling(each) ?? known.get(each);
    all.push(distinctKey(!key || key === "x" ? fallback : key, all));
    return all.at(-1) ?? fallback;
  });
}

/** What is a key already. */
function ownSpelling(label: string): string | undefined {
  const isOne = label.length <= LONGEST && /^[a-z][a-z0-9_]*$/.test(label);
  return isOne ? label.replace(/__+/g, "_") : undefined;
}

async function spelled(label: string, fallback: string): Promise<string> {
  const own = ownSpelling(label);
  if (own) return own;
  if (!label) return fallback;
  try {
    const key = await draftApi.key(label);
    return key === "x" ? fallback : key;
  } catch {
    return fallback;
  }
}
