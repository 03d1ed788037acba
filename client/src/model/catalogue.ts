/** The definitions, indexed: what an entity, field, option, stage or view is called and looks like. */
import type {
  Definitions,
  EntityDefinition,
  FieldDefinition,
  FieldTypeKey,
  Json,
  Operator,
  OptionDefinition,
  ProcessDefinition,
  StageDefinition,
  ViewDefinition,
} from "@/api/types";

export const SYSTEM_FIELDS = [
  "stage",
  "owner",
  "department",
  "stage_since",
  "created_at",
  "created_by",
  "updated_at",
  "updated_by",
] as const;
export type SystemField = (typeof SYSTEM_FIELDS)[number];

const MOMENT: Operator[] = ["within", "lt", "ge", "empty", "not_empty"];
const PERSON: Operator[] = ["eq", "in", "ne", "empty", "not_empty"];
const SYSTEM_TYPES: Record<SystemField, { type: FieldTypeKey; operators: Operator[] }> = {
  stage: { type: "single_select", operators: ["in", "not_in"] },
  owner: { type: "user", operators: PERSON },
  department: { type: "department", operators: ["eq", "under", "in"] },
  stage_since: { type: "date_time", operators: MOMENT },
  created_at: { type: "date_time", operators: MOMENT },
  created_by: { type: "user", operators: PERSON },
  updated_at: { type: "date_time", operators: MOMENT },
  updated_by: { type: "user", operators: PERSON },
};

/** Settings of a field that are text, or null. */
export function textOption(field: FieldDefinition, name: string): string | null {
  const value = field.options[name];
  return typeof value === "string" ? value : null;
}

export function numberOption(field: FieldDefinition, name: string): number | null {
  const value = field.options[name];
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

/** A formula, lookup or rollup shows as the type of its result; every other field as itself. */
export function shownAs(field: FieldDefinition): FieldDefinition {
  const result = textOption(field, "result");
  if (!["formula", "lookup", "rollup"].includes(field.type) || !result) return field;
  const format = field.options.format;
  const options = format && typeof format === "object" && !Array.isArray(format) ? format : {};
  return { ...field, type: result as FieldTypeKey, options };
}

function inlineOptions(raw: Json | undefined): OptionDefinition[] {
  if (!Array.isArray(raw)) return [];
  return raw.flatMap((each) => {
    if (!each || typeof each !== "object" || Array.isArray(each)) return [];
    const { key, label, colour, retired } = each;
    if (typeof key !== "string") return [];
    return [
      {
        key,
        label: typeof label === "string" ? label : key,
        colour: typeof colour === "string" ? colour : "grey",
        retired: retired === true,
      },
    ];
  });
}

export class Catalogue {
  readonly definitions: Definitions;
  private readonly entities: Map<string, EntityDefinition>;
  private readonly views: Map<string, ViewDefinition>;
  private readonly processes: Map<string, ProcessDefinition>;
  private readonly sets: Map<string, OptionDefinition[]>;
  private readonly systemLabels: Record<SystemField, string>;

  constructor(definitions: Definitions, systemLabels: Record<SystemField, string>) {
    this.definitions = definitions;
    this.systemLabels = systemLabels;
    this.entities = new Map(
      definitions.entities.map((each) => [each.key, { ...each, fields: each.fields.filter((field) => !field.hidden) }]),
    );
    this.views = new Map(definitions.views.map((each) => [each.key, each]));
    this.processes = new Map(definitions.processes.map((each) => [each.entity, each]));
    this.sets = new Map(definitions.option_sets.map((each) => [each.key, each.options]));
  }

  entity(key: string): EntityDefinition | undefined {
    return this.entities.get(key);
  }

  entityLabel(key: string): string {
    return this.entities.get(key)?.label ?? key;
  }

  view(key: string): ViewDefinition | undefined {
    return this.views.get(key);
  }

  viewsOf(entity: string): ViewDefinition[] {
    return this.definitions.views.filter((each) => each.entity === entity);
  }

  process(entity: string): ProcessDefinition | undefined {
    return this.processes.get(entity);
  }

  /** A stage, of a former version where `version` names one or where only such a version has it. */
  stage(entity: string, key: string | null, version?: number | null): StageDefinition | undefined {
    const process = this.processes.get(entity);
    const own = version ? process?.former?.find((each) => each.number === version)?.stages : undefined;
    const stages = [...(own ?? []), ...(process?.stages ?? []), ...this.formerStages(entity)];
    return stages.find((each) => each.key === key);
  }

  /** The stages of the version that a record runs in. */
  stagesFor(entity: string, version: number | null | undefined): StageDefinition[] {
    const process = this.processes.get(entity);
    const former = version ? process?.former?.find((each) => each.number === version) : undefined;
    return former?.stages ?? process?.stages ?? [];
  }

  /** Stages that only former versions have; records may still be in them. */
  formerStages(entity: string): StageDefinition[] {
    const process = this.processes.get(entity);
    const known = new Set(process?.stages.map((each) => each.key));
    const found = new Map<string, StageDefinition>();
    for (const stage of (process?.former ?? []).flatMap((each) => each.stages)) {
      if (!known.has(stage.key) && !found.has(stage.key)) found.set(stage.key, stage);
    }
    return [...found.values()];
  }

  stageLabel(entity: string, key: string | null): string {
    return this.stage(entity, key)?.label ?? key ?? "";
  }

  /** The field, its own or one that every record has; undefined where the member may not see it. */
  field(entity: string, key: string): FieldDefinition | undefined {
    const own = this.entities.get(entity)?.fields.find((each) => each.key === key);
    return own ?? this.systemField(entity, key as SystemField);
  }

  /** The fields that every record has. */
  systemFields(entity: string): FieldDefinition[] {
    return SYSTEM_FIELDS.flatMap((key) => this.systemField(entity, key) ?? []);
  }

  private systemField(entity: string, key: SystemField): FieldDefinition | undefined {
    const kind = SYSTEM_TYPES[key];
    const process = this.processes.get(entity);
    if (!kind || (key.startsWith("stage") && !process)) return undefined;
    const all = [...(process?.stages ?? []), ...this.formerStages(entity)];
    const stages = all.map(({ key: stage, label, colour }) => ({ key: stage, label, colour }));
    return {
      key,
      label: this.systemLabels[key],
      type: kind.type,
      options: key === "stage" ? { options: stages } : {},
      required: false,
      unique: false,
      help: null,
      access: key === "owner" ? "write" : "read",
      operators: kind.operators,
      is_computed: key !== "owner",
      sortable: true,
    };
  }

  options(field: FieldDefinition): OptionDefinition[] {
    const set = textOption(field, "set");
    return set ? (this.sets.get(set) ?? []) : inlineOptions(field.options.options);
  }

  optionSet(key: string | null): OptionDefinition[] {
    return key ? (this.sets.get(key) ?? []) : [];
  }

  /** The entity whose form a record of `entity` opens; sub-table rows have no page of their own. */
  hasPage(entity: string): boolean {
    const found = this.entities.get(entity);
    return found !== undefined && !found.parent;
  }

  /** The first view of an entity that a link should open. */
  defaultView(entity: string): ViewDefinition | undefined {
    const views = this.viewsOf(entity);
    return views.find((each) => each.kind === "grid" && !each.personal) ?? views[0];
  }
}
