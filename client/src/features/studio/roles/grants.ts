/** What a role's grants say, with the grant for everything else standing in, and the steps that change them. */
import type { Definitions, Entity, FieldAccess, Grant, Op, Path, Role, Scope } from "@/api/types/studio";

export const SCOPED = ["read", "update", "delete", "move"] as const;
export const SWITCHES = ["create", "import", "export"] as const;
export const OPERATIONS = ["read", "create", "update", "delete", "move", "import", "export"] as const;
export const SCOPES: Scope[] = ["none", "own", "department", "department_tree", "all", "formula"];
export const ACCESSES: FieldAccess[] = ["write", "read", "hidden"];
/** The grant of every form that has none of its own. */
export const REST = "*";

export type Operation = (typeof OPERATIONS)[number];
export type Level = Scope | "yes" | "no";

export const isSwitch = (operation: Operation): operation is (typeof SWITCHES)[number] =>
  (SWITCHES as readonly string[]).includes(operation);

export interface Held {
  grant: Grant | undefined;
  /** The grant is that of everything else. */
  isInherited: boolean;
}

export function heldBy(role: Role | undefined, entity: string): Held {
  const own = role?.grants?.find((each) => each.entity === entity);
  if (own || entity === REST) return { grant: own, isInherited: false };
  return { grant: role?.grants?.find((each) => each.entity === REST), isInherited: true };
}

export function levelOf(role: Role | undefined, entity: string, operation: Operation): Level {
  const { grant } = heldBy(role, entity);
  if (isSwitch(operation)) return grant?.[operation] ? "yes" : "no";
  return grant?.[operation] ?? "none";
}

/** The forms that a matrix lists: rows of sub-tables follow their form and have no line. */
export function rowsOf(definitions: Definitions): Entity[] {
  return (definitions.entities ?? []).filter((each) => !each.parent);
}

/** New forms that no role but the administrators' could see once they are published. */
export function unseenForms(published: Definitions, wanted: Definitions): Entity[] {
  const before = new Set((published.entities ?? []).map((each) => each.key));
  const seen = (entity: Entity) => (wanted.roles ?? []).some((role) => levelOf(role, entity.key, "read") !== "none");
  return rowsOf(wanted).filter((each) => !before.has(each.key) && !seen(each));
}

const grantPath = (role: string, entity: string): Path => ["roles", role, "grants", entity];

/** Steps that make sure that a form has a grant of its own: a copy of what holds for it now. */
function ownGrant(role: Role, entity: string): Op[] {
  const { grant, isInherited } = heldBy(role, entity);
  if (grant && !isInherited) return [];
  return [{ op: "put", path: grantPath(role.key, entity), value: { ...structuredClone(grant ?? {}), entity } }];
}

export function setLevel(role: Role, entity: string, operation: Operation, level: Level): Op[] {
  const value = level === "yes" ? true : level === "no" || level === "none" ? null : level;
  return [...ownGrant(role, entity), { op: "put", path: [...grantPath(role.key, entity), operation], value }];
}

export function setFormula(role: Role, entity: string, formula: string): Op[] {
  return [
    ...ownGrant(role, entity),
    { op: "put", path: [...grantPath(role.key, entity), "formula"], value: formula || null },
  ];
}

/** The form has no grant of its own any more. */
export function dropGrant(role: Role, entity: string): Op[] {
  return heldBy(role, entity).isInherited ? [] : [{ op: "drop", path: grantPath(role.key, entity) }];
}

/** Access to a field, always or in one stage; undefined where nothing is said and the rest holds. */
export function accessOf(grant: Grant | undefined, field: string, stage: string | null): FieldAccess | undefined {
  return stage === null ? grant?.fields?.[field] : grant?.stages?.[stage]?.[field];
}

export function setAccess(role: Role, entity: string, field: string, stage: string | null, to: FieldAccess): Op[] {
  const base = grantPath(role.key, entity);
  const path = stage === null ? [...base, "fields", field] : [...base, "stages", stage, field];
  const value = to === "write" ? null : to;
  const isSaid = accessOf(heldBy(role, entity).grant, field, stage) !== undefined;
  if (value === null && !isSaid) return [];
  return [...ownGrant(role, entity), { op: "put", path, value }];
}

/** How many fields a form's grant treats apart. */
export function limitsOf(grant: Grant | undefined): number {
  const staged = Object.values(grant?.stages ?? {}).reduce((sum, each) => sum + Object.keys(each).length, 0);
  return Object.keys(grant?.fields ?? {}).length + staged;
}

export const usesFormula = (grant: Grant | undefined): boolean =>
  SCOPED.some((operation) => grant?.[operation] === "formula");
