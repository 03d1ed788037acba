import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition as ShownCondition } from "@/api/types";
import type { Condition } from "@/api/types/studio";
import { fieldEditors } from "@/fields/editors";
import { useCatalogue } from "@/fields/useCatalogue";
import { both, type FilterGroup, toCondition, toGroup } from "@/model/filter";
import { FilterBuilder } from "@/views/filter/FilterBuilder";
import { FormulaField } from "../formula/FormulaField";

interface ConditionProps {
  entity: string;
  value: Condition | undefined;
  onChange: (value: Condition | undefined) => void;
}

/** Comparisons as in every list, and beside them a formula for what they cannot say. */
export function ConditionEditor({ entity, value, onChange }: ConditionProps) {
  const { t } = useTranslation("designer");
  const catalogue = useCatalogue();
  const given = (value ?? null) as ShownCondition | null;
  const [{ group, fixed }, setGroup] = useState(() => toGroup(given));
  const formulas = fixed.filter((each) => each.formula !== undefined);
  const others = fixed.filter((each) => each.formula === undefined);
  const fields = [...(catalogue.entity(entity)?.fields ?? []), ...catalogue.systemFields(entity)].filter(
    (field) => field.operators.length > 0 && fieldEditors[field.type].Filter !== null,
  );
  const put = (nextGroup: FilterGroup, nextFixed: ShownCondition[]) => {
    setGroup({ group: nextGroup, fixed: nextFixed });
    const next = both(toCondition(nextGroup), ...nextFixed);
    onChange((next as Condition | null) ?? undefined);
  };
  return (
    <>
      {catalogue.entity(entity) ? (
        <FilterBuilder entity={entity} fields={fields} group={group} onChange={(next) => put(next, fixed)} />
      ) : (
        <p>{t("filterLater")}</p>
      )}
      <FormulaField
        entity={entity}
        label={t("filterFormula")}
        expects="bool"
        value={formulas[0]?.formula ?? ""}
        hint={t("filterFormulaHint")}
        onChange={(text) => put(group, [...(text ? [{ formula: text }] : []), ...formulas.slice(1), ...others])}
      />
    </>
  );
}
