import { Plus, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Field, Label } from "@/api/types/studio";
import { useLanguage } from "@/i18n/useLanguage";
import { Button, IconButton } from "@/ui/Button";
import { useDraft } from "../../draft/useDraft";
import { ConditionField } from "../../parts/ConditionField";
import { conditionTargets } from "../../parts/conditions";
import { LabelField } from "../../parts/LabelField";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";
import { useField } from "./useField";

/** What to tell the person while a condition holds. */
export function TipsEditor({ field }: { field: Field }) {
  const { t } = useTranslation(["forms", "common"]);
  const language = useLanguage();
  const { definitions } = useDraft();
  const { entity } = useDesigner();
  const { put, problem } = useField(field);
  const tips = Object.entries(field.tip_if ?? {});
  const stage = t("common:system.stage");
  const targets = useMemo(
    () => conditionTargets(definitions, entity.key, language, stage),
    [definitions, entity.key, language, stage],
  );
  const save = (next: [string, Label][]) => put("tip_if", next.length > 0 ? Object.fromEntries(next) : null);
  const first = `NOT(ISBLANK({${field.key}}))`;
  return (
    <>
      <p className={styles.hint}>{t("forms:tips.help")}</p>
      {tips.map(([formula, label], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the condition, which is the tip's identity, is what changes here
        <div key={at} className={styles.item}>
          <div className={styles.itemHead}>
            <strong>{t("forms:tips.number", { number: at + 1 })}</strong>
            <IconButton
              small
              label={t("forms:tips.remove", { number: at + 1 })}
              onClick={() => save(tips.filter((_, index) => index !== at))}
            >
              <Trash2 size={14} />
            </IconButton>
          </div>
          <ConditionField
            entity={entity.key}
            label={t("forms:tips.when")}
            none=""
            value={formula}
            targets={targets}
            problem={problem("tip_if", formula)}
            onChange={(next) => save(tips.map((each, index) => (index === at ? [next ?? first, label] : each)))}
          />
          <LabelField
            label={t("forms:tips.text")}
            value={label}
            required
            onChange={(next) => save(tips.map((each, index) => (index === at ? [formula, next ?? { zh: "" }] : each)))}
          />
        </div>
      ))}
      <div>
        <Button
          small
          kind="quiet"
          icon={<Plus size={14} />}
          disabled={first in (field.tip_if ?? {})}
          onClick={() => save([...tips, [first, { zh: t("forms:tips.newText") }]])}
        >
          {t("forms:tips.add")}
        </Button>
      </div>
    </>
  );
}
