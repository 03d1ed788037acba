import { useTranslation } from "react-i18next";
import type { Field, Label } from "@/api/types/studio";
import { useDraft } from "../../draft/useDraft";
import { nameField } from "../fieldOps";
import { useDesigner } from "../useDesigner";

/** Changes of one field's properties, and what is wrong with each. */
export function useField(field: Field) {
  const { t } = useTranslation("forms");
  const { entity, edit, name } = useDesigner();
  const { definitions, problemsAt } = useDraft();
  const path = ["entities", entity.key, "fields", field.key];
  const done = t("done.changed", { field: name(field) });
  return {
    /** Sets a property; false, empty text and undefined mean that it is left out. */
    put: <K extends keyof Field>(property: K, value: Field[K] | null | undefined) => {
      const kept = value === false || value === "" || value === undefined ? null : value;
      edit([{ op: "put", path: [...path, property], value: kept }], done);
    },
    rename: (label: Label) => edit(nameField(definitions, entity, field, label), done),
    putAll: (changes: Partial<Field>) =>
      edit(
        Object.entries(changes).map(([property, value]) => ({
          op: "put" as const,
          path: [...path, property],
          value: value ?? null,
        })),
        done,
      ),
    putOption: (option: string, value: unknown) => {
      const { [option]: _, ...rest } = field.options ?? {};
      const isLeftOut = value === undefined || value === null || value === "" || value === false;
      const next = isLeftOut ? rest : { ...rest, [option]: value };
      edit([{ op: "put", path: [...path, "options"], value: Object.keys(next).length > 0 ? next : null }], done);
    },
    problem: (...below: string[]) => problemsAt([...path, ...below])[0]?.message,
    problemsAt: (...below: string[]) => problemsAt([...path, ...below]),
  };
}
