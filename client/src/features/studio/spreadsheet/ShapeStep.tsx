import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AppPlan, Proposal } from "@/api/types/entrances";
import { useLanguage } from "@/i18n/useLanguage";
import { named } from "@/model/words";
import { Button } from "@/ui/Button";
import { FieldFrame, NativeSelect, TextInput } from "@/ui/controls";
import { Panel } from "@/ui/surfaces";
import { useDraft } from "../draft/useDraft";
import { labelText } from "../parts/labels";
import { ColumnRow } from "./ColumnRow";
import { CalculatedFields, SheetSettings } from "./SheetSettings";
import styles from "./Spreadsheet.module.css";
import { factsOf, withColumn, withSheet, withTitle } from "./wizard";

interface Props {
  proposal: Proposal;
  plan: AppPlan;
  onChange: (plan: AppPlan) => void;
  onNext: () => void;
  onBack: () => void;
}

const ACCESS = ["none", "read", "edit"] as const;

function RoleRights({ plan, onChange }: Pick<Props, "plan" | "onChange">) {
  const { t, i18n } = useTranslation("entrances");
  const language = useLanguage();
  const { published } = useDraft();
  const choose = (role: string, access: string) => {
    const { [role]: _, ...rest } = plan.roles ?? {};
    onChange({ ...plan, roles: access === "none" ? rest : { ...rest, [role]: access as "read" | "edit" } });
  };
  const roles = published.roles ?? [];
  if (roles.length === 0) return null;
  return (
    <Panel title={t("sheets.roles")}>
      <div className={styles.stack}>
        <p className={styles.quiet}>{t("sheets.rolesHint")}</p>
        <div className={styles.roles}>
          {roles.map((role) => (
            <div key={role.key} className={styles.role}>
              <span>{labelText(role.label, i18n.language)}</span>
              <NativeSelect
                aria-label={named(t("sheets.roles"), labelText(role.label, i18n.language), language)}
                value={plan.roles?.[role.key] ?? "none"}
                onChange={(event) => choose(role.key, event.target.value)}
              >
                {ACCESS.map((access) => (
                  <option key={access} value={access}>
                    {t(`sheets.access.${access}`)}
                  </option>
                ))}
              </NativeSelect>
            </div>
          ))}
        </div>
      </div>
    </Panel>
  );
}

/** Checking what was guessed, sheet by sheet. */
export function ShapeStep({ proposal, plan, onChange, onNext, onBack }: Props) {
  const { t } = useTranslation("entrances");
  const [chosen, setChosen] = useState(plan.sheets[0]?.id ?? "");
  const sheet = plan.sheets.find((each) => each.id === chosen) ?? plan.sheets[0];
  if (!sheet) return null;
  const facts = proposal.facts.find((each) => each.id === sheet.id);
  return (
    <div className={styles.stack}>
      <Panel>
        <div className={styles.upload}>
          <FieldFrame label={t("sheets.name")}>
            {(ids) => (
              <TextInput
                {...ids}
                value={plan.label}
                onChange={(event) => onChange({ ...plan, label: event.target.value })}
              />
            )}
          </FieldFrame>
        </div>
      </Panel>
      <Panel flush>
        <div className={styles.tabs} role="tablist" aria-label={t("sheets.files")}>
          {plan.sheets.map((each) => (
            <button
              key={each.id}
              type="button"
              role="tab"
              aria-selected={each.id === sheet.id}
              className={styles.tab}
              onClick={() => setChosen(each.id)}
            >
              {each.label}
              <small>{t("sheets.rows", { count: each.rows ?? 0 })}</small>
            </button>
          ))}
        </div>
        <div role="tabpanel" aria-label={sheet.label}>
          <SheetSettings
            sheet={sheet}
            onChange={(next) => onChange(withSheet(plan, next))}
            onTitle={(title) => onChange(withTitle(plan, sheet, title))}
          />
          {facts && facts.looked_at < facts.rows && (
            <p className={styles.quiet} style={{ padding: "8px 16px" }}>
              {t("sheets.lookedAt", { count: facts.looked_at })}
            </p>
          )}
          <div className={styles.columns}>
            <div className={`${styles.column} ${styles.head}`} aria-hidden="true">
              <span />
              <span>{t("sheets.column")}</span>
              <span>{t("sheets.label")}</span>
              <span>{t("sheets.type")}</span>
              <span>{t("sheets.fits")}</span>
            </div>
            {sheet.columns.map((column) => (
              <ColumnRow
                key={column.column}
                column={column}
                facts={factsOf(proposal.facts, sheet.id, column.column)}
                sheets={plan.sheets}
                onChange={(next) => onChange(withSheet(plan, withColumn(sheet, next)))}
              />
            ))}
          </div>
          <CalculatedFields sheet={sheet} onChange={(next) => onChange(withSheet(plan, next))} />
        </div>
      </Panel>
      <RoleRights plan={plan} onChange={onChange} />
      <div className={styles.foot}>
        <Button onClick={onBack}>{t("sheets.back")}</Button>
        <Button kind="primary" onClick={onNext}>
          {t("sheets.check")}
        </Button>
      </div>
    </div>
  );
}
