import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { DraftProblem } from "@/api/types/studio";
import { Button, IconButton } from "@/ui/Button";
import { Check } from "@/ui/controls";
import { ProblemText } from "../../parts/PropertyPanel";
import styles from "../Forms.module.css";
import { useDesigner } from "../useDesigner";

interface DuplicateGroupsProps {
  groups: readonly string[][];
  problems: readonly DraftProblem[];
  onChange: (groups: string[][]) => void;
}

const UNFIT = new Set([
  "switch",
  "multi_select",
  "checklist",
  "keyword_list",
  "sub_table",
  "many_to_many",
  "file",
  "image",
  "audio",
  "video",
  "signature",
  "location",
  "formula",
  "lookup",
  "rollup",
]);

/** By which fields two records are likely the same: all of a group's fields must be alike. */
export function DuplicateGroups({ groups, problems, onChange }: DuplicateGroupsProps) {
  const { t } = useTranslation("forms");
  const { entity, name } = useDesigner();
  const fit = entity.fields.filter((field) => !UNFIT.has(field.type));
  const first = fit.find((field) => field.key === entity.title) ?? fit[0];
  return (
    <>
      <p className={styles.hint}>{t("duplicates.help")}</p>
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their place
        <fieldset key={at} className={styles.item} aria-label={t("duplicates.group", { number: at + 1 })}>
          <div className={styles.itemHead}>
            <strong>{group.map(name).join(" + ") || t("duplicates.none")}</strong>
            <IconButton
              small
              label={t("duplicates.remove", { number: at + 1 })}
              onClick={() => onChange(groups.filter((_, index) => index !== at))}
            >
              <Trash2 size={14} />
            </IconButton>
          </div>
          <div className={styles.ticks}>
            {fit.map((field) => (
              <Check
                key={field.key}
                checked={group.includes(field.key)}
                onChange={(on) =>
                  onChange(
                    groups.map((each, index) =>
                      index !== at ? each : on ? [...each, field.key] : each.filter((key) => key !== field.key),
                    ),
                  )
                }
              >
                {name(field)}
              </Check>
            ))}
          </div>
          {problems
            .filter((each) => each.path.includes(at))
            .map((each) => (
              <ProblemText key={each.path.join("/")}>{each.message}</ProblemText>
            ))}
        </fieldset>
      ))}
      <div>
        <Button
          small
          kind="quiet"
          icon={<Plus size={14} />}
          disabled={!first}
          onClick={() => first && onChange([...groups, [first.key]])}
        >
          {t("duplicates.add")}
        </Button>
      </div>
    </>
  );
}
