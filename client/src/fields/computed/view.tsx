import { FunctionSquare, Search, Sigma } from "lucide-react";
import { shownAs } from "@/model/catalogue";
import type { FieldView, ShowProps } from "../module";
import { fieldViews } from "../registry";
import * as texts from "../text/view";

/** Shows a result as the type that it is. */
function ComputedCell(props: ShowProps) {
  const field = shownAs(props.field);
  const view = field === props.field ? texts.text : fieldViews[field.type];
  return <view.Cell {...props} field={field} />;
}

function ComputedFull(props: ShowProps) {
  const field = shownAs(props.field);
  const view = field === props.field ? texts.text : fieldViews[field.type];
  const Shown = view.Full ?? view.Cell;
  return <Shown {...props} field={field} />;
}

export const formula: FieldView = {
  icon: FunctionSquare,
  align: "start",
  width: 130,
  Cell: ComputedCell,
  Full: ComputedFull,
};
export const lookup: FieldView = { icon: Search, align: "start", width: 150, Cell: ComputedCell, Full: ComputedFull };
export const rollup: FieldView = { icon: Sigma, align: "start", width: 130, Cell: ComputedCell, Full: ComputedFull };
