/** What the names in a formula stand for, and writing them as labels (shown) or as keys (kept). Same rules as the server's. */
import type { FormulaEntity, FormulaName } from "@/api/types";

const PIECES = /"(?:[^"]|"")*"|“[^”]*”|[{｛][^{}｛｝]*[}｝]/g;
const LONGEST_LABEL = 4;

interface NamedPart {
  field: FormulaName;
  entity: FormulaEntity;
  from: number;
  to: number;
}

export class Names {
  private readonly byKey: Map<string, FormulaEntity>;

  constructor(readonly entities: FormulaEntity[]) {
    this.byKey = new Map(entities.map((each) => [each.key, each]));
  }

  entity(key: string | null): FormulaEntity | undefined {
    return key === null ? undefined : this.byKey.get(key);
  }

  /** The fields that a dotted path names, from the outside in; null where a name is not understood. */
  resolve(path: string, entity: string): NamedPart[] | null {
    const segments = cut(path);
    const parts: NamedPart[] = [];
    let here = this.entity(entity);
    for (let at = 0; at < segments.length; ) {
      const found = here && longest(segments, at, here);
      if (!here || !found) return null;
      const first = segments[at];
      const last = segments[found.end - 1];
      if (!first || !last) return null;
      parts.push({ field: found.field, entity: here, from: first.from, to: last.to });
      here = this.entity(found.field.target);
      at = found.end;
    }
    return parts.length > 0 ? parts : null;
  }

  /** The entity at whose fields a path that ends with a dot stands. */
  entityAfter(path: string, entity: string): FormulaEntity | undefined {
    if (path.trim() === "") return this.entity(entity);
    const parts = this.resolve(path, entity);
    return this.entity(parts?.at(-1)?.field.target ?? null);
  }

  withLabels(text: string, entity: string): string {
    return this.rewrite(text, entity, safeLabel);
  }

  withKeys(text: string, entity: string): string {
    return this.rewrite(text, entity, (part) => part.field.key);
  }

  private rewrite(text: string, entity: string, write: (part: NamedPart) => string): string {
    return text.replace(PIECES, (piece) => {
      if (!/^[{｛]/.test(piece)) return piece;
      const path = piece.slice(1, -1);
      const parts = this.resolve(path, entity);
      if (!parts) return piece;
      let out = "";
      let end = 0;
      for (const part of parts) {
        out += path.slice(end, part.from) + write(part);
        end = part.to;
      }
      return `{${out}${path.slice(end)}}`;
    });
  }
}

interface Segment {
  name: string;
  from: number;
  to: number;
}

function cut(path: string): Segment[] {
  return [...path.matchAll(/[^.．]+/g)].flatMap((match) => {
    const name = match[0].trim();
    if (!name) return [];
    const from = match.index + match[0].length - match[0].trimStart().length;
    return [{ name, from, to: from + name.length }];
  });
}

function longest(segments: Segment[], start: number, entity: FormulaEntity) {
  for (let end = Math.min(segments.length, start + LONGEST_LABEL); end > start; end--) {
    const name = segments
      .slice(start, end)
      .map((each) => each.name)
      .join(".");
    const field = named(name, entity);
    if (field) return { field, end };
  }
  return null;
}

function named(name: string, entity: FormulaEntity): FormulaName | null {
  const byKey = entity.fields.find((each) => each.key === name);
  if (byKey) return byKey;
  const found = entity.fields.filter((each) => each.names.includes(name));
  return found.length === 1 ? (found[0] ?? null) : null;
}

function isSafe(label: string, part: NamedPart): boolean {
  if (label === "" || label !== label.trim() || /[{}｛｝.．]/.test(label)) return false;
  return named(label, part.entity) === part.field;
}

/** The label in the reader's language, else the Chinese one, else the key: whichever is read as this field. */
function safeLabel(part: NamedPart): string {
  const label = [part.field.label, part.field.names[0] ?? ""].find((each) => isSafe(each, part));
  return label ?? part.field.key;
}

/** How a field is written inside braces so that it is read as itself. */
export function writtenName(field: FormulaName, entity: FormulaEntity): string {
  return safeLabel({ field, entity, from: 0, to: 0 });
}
