import { useTranslation } from "react-i18next";
import type { Field } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { labelText } from "../../parts/labels";
import { SelectProperty } from "../../parts/PropertyPanel";
import { groupsOf, groupWith, layoutOps, placed, withHidden, withWidth } from "../arrangement";
import { useDesigner } from "../useDesigner";
import { useField } from "./useField";

type Shown = "form" | "lists" | "nowhere";

/** Where a field stands, how wide it is, and where it is shown at all. */
export function PlaceSection({ field }: { field: Field }) {
  const { t } = useTranslation("forms");
  const language = useLanguage();
  const { entity, board, arrange, edit, name } = useDesigner();
  const { problem } = useField(field);
  const group = groupWith(board, field.key);
  const shown: Shown = field.hidden ? "nowhere" : board.hidden.includes(field.key) ? "lists" : "form";
  const width = group?.fields.find((each) => each.key === field.key)?.width;
  const done = t("done.placed", { field: name(field) });
  const columns = group?.columns ?? 2;
  const show = (next: Shown) => {
    const path = ["entities", entity.key, "fields", field.key, "hidden"];
    const layout =
      next === "nowhere" && shown !== "lists" ? [] : layoutOps(entity, withHidden(board, field.key, next === "lists"));
    const isSwitched = (next === "nowhere") !== (shown === "nowhere");
    edit(
      [...layout, ...(isSwitched ? [{ op: "put" as const, path, value: next === "nowhere" ? true : null }] : [])],
      done,
    );
  };
  return (
    <>
      <SelectProperty
        label={t("place.shown")}
        value={shown}
        problem={problem("hidden")}
        onChange={(value) => show(value as Shown)}
        options={(["form", "lists", "nowhere"] as const).map((value) => ({ value, label: t(`place.${value}`) }))}
      />
      {shown === "form" && group && (
        <>
          <SelectProperty
            label={t("place.width")}
            value={width ? String(Math.min(width, columns)) : ""}
            empty={t("place.auto")}
            onChange={(value) =>
              arrange(withWidth(board, field.key, value ? (Number(value) as 1 | 2 | 3) : undefined), done)
            }
            options={Array.from({ length: columns }, (_, at) => ({
              value: String(at + 1),
              label: t("place.columns", { count: at + 1, of: columns }),
            }))}
          />
          {groupsOf(board).length > 1 && (
            <SelectProperty
              label={t("place.group")}
              value={group.key}
              onChange={(key) => arrange(placed(board, field.key, { group: key, before: null }), done)}
              options={board.tabs.flatMap((tab) =>
                tab.groups.map((each, at) => ({
                  value: each.key,
                  label: [
                    board.tabs.length > 1 && labelText(tab.label, language),
                    labelText(each.label, language) || t("place.groupNumber", { number: at + 1 }),
                  ]
                    .filter(Boolean)
                    .join(" / "),
                })),
              )}
            />
          )}
        </>
      )}
    </>
  );
}
