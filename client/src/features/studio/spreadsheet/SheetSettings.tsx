import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { SheetPlan } from "@/api/types/entrances";
import { Button, IconButton } from "@/ui/Button";
import { FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import styles from "./Spreadsheet.module.css";
import { canBeTitle, isIncluded, RESULTS, withCalculated } from "./wizard";

interface Props {
  sheet: SheetPlan;
  onChange: (sheet: SheetPlan) => void;
  onTitle: (title: string) => void;
}

const SPLIT = "\u001f";

/** What a sheet is called, by what its records are called, and the lists that are made for it. */
export function SheetSettings({ sheet, onChange, onTitle }: Props) {
  const { t } = useTranslation("entrances");
  const columns = sheet.columns.filter(isIncluded);
  const selects = columns.filter((each) => each.type === "single_select");
  const groups = columns.filter((each) => ["single_select", "relation", "switch", "region"].includes(each.type));
  return (
    <div className={styles.settings}>
      <FieldFrame label={t("sheets.sheetName")}>
        {(ids) => (
          <TextInput
            {...ids}
            value={sheet.label}
            onChange={(event) => onChange({ ...sheet, label: event.target.value })}
          />
        )}
      </FieldFrame>
      <FieldFrame label={t("sheets.titleField")}>
        {(ids) => (
          <NativeSelect {...ids} value={sheet.title} onChange={(event) => onTitle(event.target.value)}>
            <option value="">{t("sheets.numbered")}</option>
            {columns.filter(canBeTitle).map((each) => (
              <option key={each.column} value={each.column}>
                {each.label}
              </option>
            ))}
          </NativeSelect>
        )}
      </FieldFrame>
      <FieldFrame label={t("sheets.board")}>
        {(ids) => (
          <NativeSelect
            {...ids}
            value={sheet.board ?? ""}
            onChange={(event) => onChange({ ...sheet, board: event.target.value || null })}
          >
            <option value="">{t("sheets.noBoard")}</option>
            {selects.map((each) => (
              <option key={each.column} value={each.column}>
                {each.label}
              </option>
            ))}
          </NativeSelect>
        )}
      </FieldFrame>
      <FieldFrame label={t("sheets.group")}>
        {(ids) => (
          <NativeSelect
            {...ids}
            value={sheet.group ?? ""}
            onChange={(event) => onChange({ ...sheet, group: event.target.value || null })}
          >
            <option value="">{t("sheets.noGroup")}</option>
            {groups.map((each) => (
              <option key={each.column} value={each.column}>
                {each.label}
              </option>
            ))}
          </NativeSelect>
        )}
      </FieldFrame>
      <FieldFrame label={t("sheets.only")}>
        {(ids) => (
          <NativeSelect
            {...ids}
            value={sheet.only?.join(SPLIT) ?? ""}
            onChange={(event) => {
              const [column, choice] = event.target.value.split(SPLIT);
              onChange({ ...sheet, only: column && choice ? [column, choice] : null });
            }}
          >
            <option value="">{t("sheets.noOnly")}</option>
            {selects.flatMap((each) =>
              (each.choices ?? []).slice(0, 30).map((choice) => (
                <option key={each.column + choice} value={each.column + SPLIT + choice}>
                  {each.label} = {choice}
                </option>
              )),
            )}
          </NativeSelect>
        )}
      </FieldFrame>
      {columns.some((each) => each.type === "relation") && (
        <FieldFrame label={t("sheets.missing")}>
          {(ids) => (
            <NativeSelect
              {...ids}
              value={sheet.missing ?? "create"}
              onChange={(event) => onChange({ ...sheet, missing: event.target.value as "create" | "refuse" })}
            >
              <option value="create">{t("sheets.missings.create")}</option>
              <option value="refuse">{t("sheets.missings.refuse")}</option>
            </NativeSelect>
          )}
        </FieldFrame>
      )}
    </div>
  );
}

/** Fields that are worked out from the others, written as formulas. */
export function CalculatedFields({ sheet, onChange }: Omit<Props, "onTitle">) {
  const { t } = useTranslation("entrances");
  const list = sheet.calculated ?? [];
  return (
    <div className={styles.section}>
      <h3>{t("sheets.calculated")}</h3>
      {list.map((each, at) => (
        <div key={each.key} className={styles.calculated}>
          <FieldFrame label={t("sheets.label")}>
            {(ids) => (
              <TextInput
                {...ids}
                value={each.label}
                onChange={(event) => onChange(withCalculated(sheet, at, { label: event.target.value }))}
              />
            )}
          </FieldFrame>
          <FieldFrame label={t("sheets.formula")} help={t("sheets.formulaHint")}>
            {(ids) => (
              <TextInput
                {...ids}
                spellCheck={false}
                style={{ fontFamily: "var(--mono)" }}
                value={each.formula}
                onChange={(event) => onChange(withCalculated(sheet, at, { formula: event.target.value }))}
              />
            )}
          </FieldFrame>
          <FieldFrame label={t("sheets.result")}>
            {(ids) => (
              <NativeSelect
                {...ids}
                value={each.result}
                onChange={(event) => onChange(withCalculated(sheet, at, { result: event.target.value }))}
              >
                {RESULTS.map((result) => (
                  <option key={result} value={result}>
                    {t(`sheets.results.${result}`)}
                  </option>
                ))}
              </NativeSelect>
            )}
          </FieldFrame>
          <IconButton
            label={`${t("sheets.remove")} ${each.label}`}
            onClick={() => onChange(withCalculated(sheet, at, null))}
          >
            <X size={16} />
          </IconButton>
        </div>
      ))}
      <div>
        <Button small icon={<Plus size={14} />} onClick={() => onChange(withCalculated(sheet, list.length, {}))}>
          {t("sheets.addCalculated")}
        </Button>
      </div>
    </div>
  );
}
