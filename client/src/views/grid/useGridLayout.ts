import { useCallback, useMemo, useState } from "react";
import { useMe } from "@/api/session";
import type { FieldDefinition } from "@/api/types";
import { fieldViews } from "@/fields/registry";
import { useCatalogue } from "@/fields/useCatalogue";
import { inOrder, keepLayout, readLayout, tagWidth } from "@/model/layout";

export const CHECK_WIDTH = 40;
const TITLE_WIDTH = 230;
const NONE: Readonly<Record<string, number>> = {};

/** Widths and order of the columns, kept for the member and the view; where nothing is kept, as the view defines them. */
export function useGridLayout(
  entity: string,
  view: string,
  fields: FieldDefinition[],
  defined: Readonly<Record<string, number>> = NONE,
) {
  const me = useMe();
  const catalogue = useCatalogue();
  const titleKey = catalogue.entity(entity)?.title;
  const place = `${me.id}/${view}`;
  const [kept, setKept] = useState(() => ({ place, layout: readLayout(me.id, view) }));
  const layout = kept.place === place ? kept.layout : readLayout(me.id, view);
  const change = useCallback(
    (next: Partial<typeof layout>) => {
      setKept((before) => {
        const changed = { ...(before.place === place ? before.layout : readLayout(me.id, view)), ...next };
        keepLayout(me.id, view, changed);
        return { place, layout: changed };
      });
    },
    [place, me.id, view],
  );
  const ordered = useMemo(() => inOrder(fields, layout.order), [fields, layout.order]);
  const widthOf = (field: FieldDefinition) =>
    layout.widths[field.key] ??
    defined[field.key] ??
    (field.key === titleKey
      ? TITLE_WIDTH
      : Math.max(fieldViews[field.type].width, tagWidth(catalogue.options(field).map((each) => each.label))));
  const sizes = ordered.map(widthOf);
  return {
    fields: ordered,
    sizes,
    offsets: sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size, CHECK_WIDTH)),
    width: sizes.reduce((sum, size) => sum + size, CHECK_WIDTH),
    template: `${CHECK_WIDTH}px ${sizes.map((size, index) => (index === sizes.length - 1 ? `minmax(${size}px, 1fr)` : `${size}px`)).join(" ")}`,
    resize: (field: string, width: number) => change({ widths: { ...layout.widths, [field]: width } }),
    /** Puts a column before another one. */
    move: (field: string, before: string) => {
      const keys = ordered.map((each) => each.key).filter((key) => key !== field);
      keys.splice(keys.indexOf(before), 0, field);
      change({ order: keys });
    },
  };
}
