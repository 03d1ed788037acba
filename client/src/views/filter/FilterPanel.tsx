import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { fieldEditors } from "@/fields/editors";
import { useCatalogue } from "@/fields/useCatalogue";
import { toCondition, toGroup } from "@/model/filter";
import { Button } from "@/ui/Button";
import styles from "../list/List.module.css";
import { FilterBuilder } from "./FilterBuilder";

export interface FilterProps {
  entity: string;
  filter: Condition | null;
  onChange: (filter: Condition | null) => void;
}

export function FilterPanel({ entity, filter, onChange, onClose }: FilterProps & { onClose: () => void }) {
  const { t } = useTranslation(["records", "common"]);
  const catalogue = useCatalogue();
  const [{ group, fixed }, setDraft] = useState(() => toGroup(filter));
  const fields = [...(catalogue.entity(entity)?.fields ?? []), ...catalogue.systemFields(entity)].filter(
    (field) => field.operators.length > 0 && fieldEditors[field.type].Filter !== null,
  );
  return (
    <div className={styles.builder}>
      <FilterBuilder
        entity={entity}
        fields={fields}
        group={group}
        onChange={(next) => setDraft({ group: next, fixed })}
      />
      {fixed.length > 0 && <p className={styles.hint}>{t("records:filter.fixed", { count: fixed.length })}</p>}
      <div className={styles.builderFoot}>
        <Button
          small
          kind="primary"
          onClick={() => {
            onChange(toCondition(group, fixed));
            onClose();
          }}
        >
          {t("common:actions.apply")}
        </Button>
        <Button
          small
          kind="quiet"
          onClick={() => {
            onChange(null);
            onClose();
          }}
        >
          {t("common:actions.clear")}
        </Button>
      </div>
    </div>
  );
}
