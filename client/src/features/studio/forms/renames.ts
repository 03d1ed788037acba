/** Fields that got another key while their form was open: what was begun under a former key still reaches them. */
import type { Entity, Op } from "@/api/types/studio";

export class Renames {
  readonly #later = new Map<string, string>();
  readonly #identities = new Map<string, string>();
  #made = 0;

  /** Notes that a field bears another key from now on. */
  note(from: string, to: string): void {
    this.#identities.set(to, this.identityOf(from));
    this.#identities.delete(from);
    this.#later.set(from, to);
    this.#later.delete(to);
  }

  /** What stays the same of a field whatever its key becomes; two fields never share it. */
  identityOf(key: string): string {
    const known = this.#identities.get(key);
    if (known) return known;
    this.#made += 1;
    const identity = `${key}#${this.#made}`;
    this.#identities.set(key, identity);
    return identity;
  }

  /** The key under which a field is found now; undefined once it was taken out. */
  currentKey(entity: Entity, key: string): string | undefined {
    const isThere = (each: string) => entity.fields.some((field) => field.key === each);
    const seen = new Set<string>();
    for (let at: string | undefined = key; at !== undefined && !seen.has(at); at = this.#later.get(at)) {
      if (isThere(at)) return at;
      seen.add(at);
    }
    return undefined;
  }
}

/** Steps below fields of a form under the keys that these bear now; what is meant for a field that is gone is left out. */
export function redirected(ops: readonly Op[], entity: Entity, renames: Renames): Op[] {
  const own = new Set(ops.filter((op) => op.op === "put" && op.path.length === 4).map((op) => op.path[3]));
  return ops.flatMap((op) => {
    const [list, form, fields, key, ...below] = op.path;
    if (list !== "entities" || form !== entity.key || fields !== "fields" || key === undefined || below.length === 0)
      return [op];
    if (own.has(key)) return [op];
    const current = renames.currentKey(entity, key);
    return current ? [{ ...op, path: [list, form, fields, current, ...below] }] : [];
  });
}
