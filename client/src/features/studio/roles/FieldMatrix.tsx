import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Entity, FieldAccess, Role } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { PlainTable } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { FormulaField } from "../formula/FormulaField";
import { labelText } from "../shell/values";
import { Choice, moveFocus } from "./Choice";
import { ACCESSES, accessOf, heldBy, setAccess, setFormula, usesFormula } from "./grants";
import styles from "./Roles.module.css";

/** A form's condition, and its fields: what the role sees and writes, always and in each stage. */
export function FieldMatrix({ role, entity }: { role: Role; entity: Entity }) {
  const { t } = useTranslation("roles");
  const language = useLanguage();
  const { definitions, edit } = useDraft();
  const { grant } = heldBy(role, entity.key);
  const stages = definitions.processes?.find((each) => each.entity === entity.key)?.stages ?? [];
  const columns: { key: string | null; label: string }[] = [
    { key: null, label: t("always") },
    ...stages.map((stage) => ({ key: stage.key, label: labelText(stage.label, language, stage.key) })),
  ];
  /** Fields that were apart when the panel opened come first; they stay where they are while one edits. */
  const [isApart] = useState(
    () =>
      new Set(
        entity.fields
          .filter((field) => columns.some((column) => accessOf(grant, field.key, column.key) !== undefined))
          .map((field) => field.key),
      ),
  );
  const name = labelText(entity.label, language, entity.key);
  const roleName = labelText(role.label, language, role.key);
  const change = (field: string, label: string, stage: string | null, to: FieldAccess) => {
    const ops = setAccess(role, entity.key, field, stage, to);
    if (ops.length > 0) edit(ops, t("edits.field", { role: roleName, field: label, level: t(`levels.${to}`) }));
  };
  return (
    <div className={styles.fields}>
      {usesFormula(grant) && (
        <FormulaField
          entity={entity.key}
          label={t("formula", { entity: name })}
          help={t("formulaHelp")}
          expects="bool"
          value={grant?.formula ?? ""}
          onChange={(formula) =>
            edit(setFormula(role, entity.key, formula), t("edits.formula", { role: roleName, entity: name }))
          }
        />
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the arrows of the cells inside bubble up to here */}
      <div
        onKeyDown={(event) => {
          moveFocus(event);
          event.stopPropagation();
        }}
      >
        <PlainTable label={t("fieldsOf", { entity: name })}>
          <thead>
            <tr>
              <th scope="col">{t("field")}</th>
              {columns.map((column) => (
                <th key={column.key ?? ""} scope="col">
                  {column.key === null ? column.label : t("inStage", { stage: column.label })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...entity.fields]
              .filter((field) => !field.hidden)
              .sort((one, other) => Number(isApart.has(other.key)) - Number(isApart.has(one.key)))
              .map((field, row) => {
                const label = labelText(field.label, language, field.key);
                return (
                  <tr key={field.key}>
                    <th scope="row">{label}</th>
                    {columns.map((column, at) => {
                      const said = accessOf(grant, field.key, column.key);
                      return (
                        <td key={column.key ?? ""}>
                          <Choice<FieldAccess>
                            label={`${label} · ${column.label}`}
                            value={said ?? "write"}
                            options={ACCESSES}
                            words={(each) => t(`levels.${each}`)}
                            cell={`${row}:${at}`}
                            isQuiet={said === undefined}
                            onChange={(to) => change(field.key, label, column.key, to)}
                          />
                        </td>
                      );
                    })}
                  </tr>
                );
              })}
          </tbody>
        </PlainTable>
      </div>
    </div>
  );
}
