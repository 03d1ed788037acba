import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "@/ui/Button";
import { NativeSelect, TextInput } from "@/ui/controls";
import {
  type Comparison,
  type ConditionTarget,
  operatorsOf,
  type SimpleCondition,
  type SimpleConditions,
  takesValue,
} from "./conditions";
import styles from "./parts.module.css";
import { useBuffered } from "./useBuffered";

/** The row that a new condition begins with. */
export function firstRow(targets: readonly ConditionTarget[]): SimpleCondition | null {
  const target = targets.find((each) => each.kind === "choice" && each.options.length > 0) ?? targets[0];
  return target ? rowFor(target) : null;
}

function rowFor(target: ConditionTarget): SimpleCondition {
  return { field: target.key, op: operatorsOf(target)[0] ?? "filled", value: target.options[0]?.key ?? "" };
}

interface RowProps {
  row: SimpleCondition;
  targets: readonly ConditionTarget[];
  onChange: (row: SimpleCondition) => void;
  onRemove: () => void;
}

function Operand({
  row,
  target,
  onChange,
}: { row: SimpleCondition; target: ConditionTarget } & Pick<RowProps, "onChange">) {
  const { t } = useTranslation("parts");
  const buffered = useBuffered(row.value, (value) => onChange({ ...row, value }));
  if (target.options.length > 0)
    return (
      <NativeSelect
        className={styles.operand}
        aria-label={t("condition.value")}
        value={row.value}
        onChange={(event) => onChange({ ...row, value: event.target.value })}
      >
        {target.options.map((each) => (
          <option key={each.key} value={each.key}>
            {each.label}
          </option>
        ))}
      </NativeSelect>
    );
  return (
    <TextInput
      className={styles.operand}
      aria-label={t("condition.value")}
      inputMode={target.kind === "number" ? "decimal" : undefined}
      placeholder={t("condition.value")}
      value={buffered.value}
      onChange={(event) => buffered.set(event.target.value)}
      onBlur={buffered.flush}
    />
  );
}

function Row({ row, targets, onChange, onRemove }: RowProps) {
  const { t } = useTranslation("parts");
  const target = targets.find((each) => each.key === row.field);
  if (!target) return null;
  return (
    <div className={styles.row}>
      <NativeSelect
        aria-label={t("condition.field")}
        value={row.field}
        onChange={(event) => {
          const next = targets.find((each) => each.key === event.target.value);
          if (next) onChange(rowFor(next));
        }}
      >
        {targets.map((each) => (
          <option key={each.key} value={each.key}>
            {each.label}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        aria-label={t("condition.operator")}
        value={row.op}
        onChange={(event) => onChange({ ...row, op: event.target.value as Comparison })}
      >
        {operatorsOf(target).map((op) => (
          <option key={op} value={op}>
            {t(`condition.ops.${op}`)}
          </option>
        ))}
      </NativeSelect>
      <IconButton small label={t("condition.remove")} onClick={onRemove}>
        <Trash2 size={14} />
      </IconButton>
      {takesValue(row.op) && <Operand row={row} target={target} onChange={onChange} />}
    </div>
  );
}

/** The rows of a condition, and whether all or any of them must hold. */
export function ConditionRows({
  found,
  targets,
  save,
}: {
  found: SimpleConditions;
  targets: readonly ConditionTarget[];
  save: (next: SimpleConditions) => void;
}) {
  const { t } = useTranslation("parts");
  const change = (at: number, row: SimpleCondition | null) =>
    save({ ...found, rows: found.rows.flatMap((each, index) => (index === at ? (row ? [row] : []) : [each])) });
  return (
    <div className={styles.rows}>
      {found.rows.length > 1 && (
        <div className={styles.joint}>
          <NativeSelect
            aria-label={t("condition.joint")}
            value={found.all ? "all" : "any"}
            onChange={(event) => save({ ...found, all: event.target.value === "all" })}
          >
            <option value="all">{t("condition.all")}</option>
            <option value="any">{t("condition.any")}</option>
          </NativeSelect>
        </div>
      )}
      {found.rows.map((row, at) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
          key={at}
          row={row}
          targets={targets}
          onChange={(next) => change(at, next)}
          onRemove={() => change(at, null)}
        />
      ))}
    </div>
  );
}
