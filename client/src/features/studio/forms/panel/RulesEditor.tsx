import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DraftProblem, FieldRule } from "@/api/types/studio";
import { Button, IconButton } from "@/ui/Button";
import { FormulaInput } from "../../parts/FormulaInput";
import { LabelField } from "../../parts/LabelField";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";

interface RulesEditorProps {
  rules: readonly FieldRule[];
  help: string;
  problems: readonly DraftProblem[];
  /** Begins a new rule. */
  first?: string;
  onChange: (rules: FieldRule[]) => void;
}

/** Conditions that a record must meet, each with what is said where it does not. */
export function RulesEditor({ rules, help, problems, first = "TRUE", onChange }: RulesEditorProps) {
  const { t } = useTranslation("forms");
  const { entity } = useDesigner();
  const change = (at: number, part: Partial<FieldRule>) =>
    onChange(rules.map((rule, index) => (index === at ? { ...rule, ...part } : rule)));
  return (
    <>
      <p className={styles.hint}>{help}</p>
      {rules.map((rule, at) => {
        const wrong = problems.filter((each) => each.path.includes(at));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
          <div key={at} className={styles.item}>
            <div className={styles.itemHead}>
              <strong>{t("rules.number", { number: at + 1 })}</strong>
              <IconButton
                small
                label={t("rules.remove", { number: at + 1 })}
                onClick={() => onChange(rules.filter((_, index) => index !== at))}
              >
                <Trash2 size={14} />
              </IconButton>
            </div>
            <FormulaInput
              entity={entity.key}
              label={t("rules.check")}
              value={rule.check}
              expects="bool"
              changed
              problem={wrong.find((each) => each.path.includes("check"))?.message}
              onChange={(check) => change(at, { check })}
            />
            <LabelField
              label={t("rules.message")}
              value={rule.message}
              required
              onChange={(message) => change(at, { message: message ?? { zh: "" } })}
            />
          </div>
        );
      })}
      <div>
        <Button
          small
          kind="quiet"
          icon={<Plus size={14} />}
          onClick={() => onChange([...rules, { check: first, message: { zh: t("rules.newMessage") } }])}
        >
          {t("rules.add")}
        </Button>
      </div>
    </>
  );
}
