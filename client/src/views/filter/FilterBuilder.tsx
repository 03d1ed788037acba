import { FolderPlus, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, Operator } from "@/api/types";
import { fieldEditors } from "@/fields/editors";
import { useCatalogue } from "@/fields/useCatalogue";
import { shownAs } from "@/model/catalogue";
import { type FilterGroup, type FilterItem, isGroup, operandOf } from "@/model/filter";
import { Button, IconButton } from "@/ui/Button";
import { NativeSelect, Segments } from "@/ui/controls";
import styles from "../list/List.module.css";

const isMoment = (field: FieldDefinition) => ["date", "date_time"].includes(shownAs(field).type);

function useOperatorLabel() {
  const { t } = useTranslation("records");
  return (op: Operator, field: FieldDefinition) =>
    isMoment(field) && (op === "lt" || op === "le" || op === "gt" || op === "ge")
      ? t(`momentOperators.${op}`)
      : t(`operators.${op}`);
}

interface ItemProps {
  entity: string;
  fields: FieldDefinition[];
  item: FilterItem;
  onChange: (item: FilterItem) => void;
  onRemove: () => void;
}

function ConditionRow({ entity, fields, item, onChange, onRemove }: ItemProps) {
  const { t } = useTranslation("records");
  const catalogue = useCatalogue();
  const operatorLabel = useOperatorLabel();
  const field = catalogue.field(entity, item.field);
  const operand = field ? operandOf(item.op, isMoment(field)) : "none";
  const Filter = field ? fieldEditors[field.type].Filter : null;
  const choose = (key: string) => {
    const next = fields.find((each) => each.key === key);
    if (next) onChange({ field: key, op: next.operators[0] ?? "eq", value: null });
  };
  const operate = (op: Operator) => {
    const keeps = field && operandOf(op, isMoment(field)) === operand;
    onChange({ ...item, op, value: keeps ? item.value : null });
  };
  return (
    <div className={styles.condition}>
      <NativeSelect aria-label={t("filter.field")} value={item.field} onChange={(event) => choose(event.target.value)}>
        {!field && <option value={item.field}>{item.field}</option>}
        {fields.map((each) => (
          <option key={each.key} value={each.key}>
            {each.label}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label={t("filter.operator")}
        value={item.op}
        onChange={(event) => operate(event.target.value as Operator)}
      >
        {field?.operators.map((op) => (
          <option key={op} value={op}>
            {operatorLabel(op, field)}
          </option>
        ))}
      </NativeSelect>
      <div>
        {field && Filter && operand !== "none" && (
          <Filter
            field={field}
            operand={operand}
            value={item.value}
            label={t("filter.value")}
            onChange={(value) => onChange({ ...item, value })}
          />
        )}
      </div>
      <IconButton label={t("filter.remove")} onClick={onRemove}>
        <X size={16} />
      </IconButton>
    </div>
  );
}

interface GroupProps {
  entity: string;
  fields: FieldDefinition[];
  group: FilterGroup;
  onChange: (group: FilterGroup) => void;
  onRemove?: () => void;
}

/** Conditions joined by and/or; a group may hold groups one level down. */
export function FilterBuilder({ entity, fields, group, onChange, onRemove }: GroupProps) {
  const { t } = useTranslation("records");
  const replace = (index: number, next: FilterItem | FilterGroup | null) =>
    onChange({ ...group, items: group.items.flatMap((item, at) => (at === index ? (next ?? []) : item)) });
  const first = fields[0];
  const blank = (): FilterItem => ({ field: first?.key ?? "", op: first?.operators[0] ?? "eq", value: null });
  return (
    <div className={onRemove ? styles.nested : styles.builderScroll}>
      {(group.items.length > 1 || onRemove) && (
        <div className={styles.groupHead}>
          <Segments
            label={t("filter.operator")}
            value={group.join}
            options={[
              { value: "and", label: t("filter.all") },
              { value: "or", label: t("filter.any") },
            ]}
            onChange={(join) => onChange({ ...group, join })}
          />
          {onRemove && (
            <IconButton label={t("filter.remove")} onClick={onRemove}>
              <X size={16} />
            </IconButton>
          )}
        </div>
      )}
      {group.items.length === 0 && !onRemove && <p className={styles.hint}>{t("filter.empty")}</p>}
      {group.items.map((item, index) =>
        isGroup(item) ? (
          <FilterBuilder
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no identity but their place
            key={index}
            entity={entity}
            fields={fields}
            group={item}
            onChange={(next) => replace(index, next)}
            onRemove={() => replace(index, null)}
          />
        ) : (
          <ConditionRow
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={index}
            entity={entity}
            fields={fields}
            item={item}
            onChange={(next) => replace(index, next)}
            onRemove={() => replace(index, null)}
          />
        ),
      )}
      <div className={styles.groupHead}>
        <Button
          small
          kind="quiet"
          icon={<Plus size={15} />}
          onClick={() => onChange({ ...group, items: [...group.items, blank()] })}
        >
          {t("filter.add")}
        </Button>
        {!onRemove && group.items.length > 0 && (
          <Button
            small
            kind="quiet"
            icon={<FolderPlus size={15} />}
            onClick={() => onChange({ ...group, items: [...group.items, { join: "or", items: [blank()] }] })}
          >
            {t("filter.addGroup")}
          </Button>
        )}
      </div>
    </div>
  );
}
