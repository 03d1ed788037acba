/** What a field type brings to the client. */
import type { LucideIcon } from "lucide-react";
import type { ComponentType } from "react";
import type { FieldDefinition, Json, RecordRow, Values } from "@/api/types";
import type { Operand } from "@/model/filter";
import type { ControlIds } from "@/ui/controls";

export interface ShowProps {
  field: FieldDefinition;
  value: Json;
  /** What the server calls the value, for references and options. */
  display: string | undefined;
  row: RecordRow;
}

/** How a type looks. Small: lists load all of these. */
export interface FieldView {
  icon: LucideIcon;
  align: "start" | "end";
  /** Width of its column, px. */
  width: number;
  /** In one line of a list. */
  Cell: ComponentType<ShowProps>;
  /** On the record's page, where there is room; the cell where not given. */
  Full?: ComponentType<ShowProps>;
  /** Takes the form's whole width. */
  isWide?: boolean;
}

export interface EditProps {
  field: FieldDefinition;
  value: Json;
  onChange: (value: Json) => void;
  ids: ControlIds;
  /** Keys of options that may be chosen now; undefined: all. */
  allowed?: string[] | undefined;
  /** What the present value is called. */
  display?: string | undefined;
  autoFocus?: boolean | undefined;
  /** The entity of the record that is being filled in, and what it holds so far. */
  around?: { entity: string; values: Values } | undefined;
}

export interface FilterProps {
  field: FieldDefinition;
  operand: Operand;
  value: Json;
  onChange: (value: Json) => void;
  label: string;
}

/** How a type is changed and searched for. */
export interface FieldEditor {
  Edit: ComponentType<EditProps>;
  /** null: the type cannot be filtered by. */
  Filter: ComponentType<FilterProps> | null;
}
