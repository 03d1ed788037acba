/** What all parts of the designer share: the form, what is chosen, and how to change things. */
import { createContext, useContext } from "react";
import type { FieldTypeInfo, FieldTypes } from "@/api/forms";
import type { DraftProblem, Entity, Field, Op } from "@/api/types/studio";
import type { Board, Place } from "./arrangement";

export type Selection =
  | { kind: "form" }
  | { kind: "field"; key: string }
  | { kind: "group"; key: string }
  | { kind: "tab"; key: string };

export interface DesignerState {
  entity: Entity;
  /** The form as everybody uses it now; undefined for one that is not published. */
  published: Entity | undefined;
  board: Board;
  types: FieldTypes;
  typeOf: (key: string) => FieldTypeInfo | undefined;
  selection: Selection;
  select: (selection: Selection) => void;
  /** Chooses by a click; on a phone the properties open. */
  choose: (selection: Selection) => void;
  /** Chooses, and moves the focus into the properties. */
  open: (selection: Selection) => void;
  /** The tab that the canvas shows. */
  tab: string;
  showTab: (key: string) => void;
  /** Steps below a field reach it also where it was given another key meanwhile. */
  edit: (ops: Op[], label: string) => void;
  /** Gives a field another key; what is chosen stays chosen. */
  rekey: (field: string, next: string, label: string) => void;
  /** What stays the same of a field whatever its key becomes: controls that are being worked in are told apart by it. */
  identityOf: (field: Field) => string;
  /** Puts another arrangement in place of the present one. */
  arrange: (board: Board, label: string) => void;
  say: (text: string) => void;
  name: (field: Field | string) => string;
  problemsOf: (field: string) => DraftProblem[];
  add: (type: string, place: Place | null) => void;
  move: (field: string, place: Place) => void;
  step: (field: string, step: 1 | -1) => void;
  duplicate: (field: string) => void;
  remove: (field: string) => void;
}

export const DesignerContext = createContext<DesignerState | null>(null);

export function useDesigner(): DesignerState {
  const found = useContext(DesignerContext);
  if (!found) throw new Error("outside of a designer");
  return found;
}
