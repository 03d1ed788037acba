import { useTranslation } from "react-i18next";
import type { ColumnFacts, ColumnPlan, SheetPlan } from "@/api/types/entrances";
import { useLanguage } from "@/i18n/useLanguage";
import { listed, named } from "@/model/words";
import { Check, NativeSelect, TextInput } from "@/ui/controls";
import { Tag } from "@/ui/surfaces";
import styles from "./Spreadsheet.module.css";
import { fitOf, isIncluded, TYPES, withTarget, withType } from "./wizard";

const percent = (share: number) => `${Math.floor(share * 1000) / 10}%`;

interface RowProps {
  column: ColumnPlan;
  facts: ColumnFacts;
  sheets: SheetPlan[];
  onChange: (column: ColumnPlan) => void;
}

function Findings({ column, facts }: { column: ColumnPlan; facts: ColumnFacts }) {
  const { t } = useTranslation("entrances");
  const language = useLanguage();
  const fit = fitOf(facts, column);
  const first = Object.entries(column.replacements ?? {})[0];
  const isFull = fit !== null && fit.share === 1;
  return (
    <div className={styles.facts}>
      <span>
        {fit &&
          (column.type === "relation" ? (
            <Tag colour={isFull ? "green" : "gold"}>{t("sheets.likely", { share: percent(fit.share) })}</Tag>
          ) : (
            <Tag colour={isFull ? "green" : fit.share >= 0.9 ? "gold" : "red"}>
              {isFull ? t("sheets.fitsAll") : `${t("sheets.fits")} ${percent(fit.share)}`}
            </Tag>
          ))}
        {column.choices && column.choices.length > 0 && (
          <Tag colour="blue">{t("sheets.choices", { count: column.choices.length })}</Tag>
        )}
      </span>
      {column.choices && column.choices.length > 0 && (
        <span className={styles.quiet}>{listed(column.choices.slice(0, 8), language)}</span>
      )}
      {fit && fit.misfits.length > 0 && (
        <span className={styles.warn}>
          {t(column.type === "relation" ? "sheets.unmatched" : "sheets.misfits", {
            values: listed(fit.misfits, language),
          })}
        </span>
      )}
      {first && (
        <span className={styles.quiet}>
          {t("sheets.replaced", {
            count: Object.keys(column.replacements ?? {}).length,
            from: first[0],
            to: first[1],
          })}
        </span>
      )}
    </div>
  );
}

/** One column: whether it comes along, what it is called, its type, and what the values say to that. */
export function ColumnRow({ column, facts, sheets, onChange }: RowProps) {
  const { t } = useTranslation("entrances");
  const language = useLanguage();
  const target = sheets.find((each) => each.id === column.target);
  const choose = (type: string) => {
    const next = withType(column, type, facts);
    const first = sheets[0];
    onChange(type === "relation" && !next.target && first ? withTarget(next, first, facts) : next);
  };
  return (
    <div className={styles.column} data-off={!isIncluded(column)}>
      <div className={styles.tick}>
        <Check
          checked={isIncluded(column)}
          aria-label={`${t("sheets.include")} ${column.column}`}
          onChange={(included) => onChange({ ...column, included })}
        >
          {""}
        </Check>
      </div>
      <div className={styles.name}>
        <strong>{column.column}</strong>
        <span className={styles.quiet}>{t("sheets.filled", { count: facts.filled, distinct: facts.distinct })}</span>
        <span className={styles.quiet}>{facts.samples.slice(0, 3).join(" · ")}</span>
      </div>
      <TextInput
        aria-label={named(column.column, t("sheets.label"), language)}
        value={column.label}
        onChange={(event) => onChange({ ...column, label: event.target.value })}
      />
      <div className={styles.facts} style={{ paddingTop: 0 }}>
        <NativeSelect
          aria-label={named(column.column, t("sheets.type"), language)}
          value={column.type}
          onChange={(event) => choose(event.target.value)}
        >
          {TYPES.map((type) => (
            <option key={type} value={type}>
              {t(`sheets.types.${type}`)}
            </option>
          ))}
        </NativeSelect>
        {column.type === "relation" && (
          <NativeSelect
            aria-label={named(column.column, t("sheets.target"), language)}
            value={target?.id ?? ""}
            onChange={(event) => {
              const chosen = sheets.find((each) => each.id === event.target.value);
              if (chosen) onChange(withTarget(column, chosen, facts));
            }}
          >
            {sheets.map((each) => (
              <option key={each.id} value={each.id}>
                → {each.label}
              </option>
            ))}
          </NativeSelect>
        )}
      </div>
      <Findings column={column} facts={facts} />
    </div>
  );
}
