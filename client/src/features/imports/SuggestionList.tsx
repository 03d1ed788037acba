import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportSteps } from "@/api/imports";
import type { ImportJob } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { Notice, PlainTable } from "@/ui/surfaces";
import { NameChoice } from "./NameChoice";

/** Names that are asked about at once; when these are settled, the next check brings the others. */
const MOST_ASKED = 50;

type Chosen = Record<string, Record<string, string>>;

function merged(old: Chosen, chosen: Chosen): Chosen {
  const columns = new Set([...Object.keys(old), ...Object.keys(chosen)]);
  return Object.fromEntries([...columns].map((column) => [column, { ...old[column], ...chosen[column] }]));
}

/** Names in the file that lead nowhere: the person says which are meant. */
export function SuggestionList({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const errorText = useErrorText();
  const { map, check } = useImportSteps();
  const [chosen, setChosen] = useState<Chosen>({});
  const catalogue = useCatalogue();
  const suggestions = job.suggestions ?? [];
  const { mapping } = job;
  if (suggestions.length === 0 || !mapping) return null;
  const fieldOf = (column: string) =>
    catalogue.entity(job.entity)?.fields.find((each) => each.key === mapping.columns[column]);
  const choose = (column: string, value: string, meant: string | undefined) =>
    setChosen((all) => {
      const { [value]: _, ...others } = all[column] ?? {};
      return { ...all, [column]: meant ? { ...others, [value]: meant } : others };
    });
  const isAny = Object.values(chosen).some((column) => Object.keys(column).length > 0);
  const apply = () =>
    map.mutate(
      { id: job.id, ...mapping, replacements: merged(mapping.replacements ?? {}, chosen) },
      { onSuccess: () => check.mutate(job.id) },
    );
  const error = map.error ?? check.error;
  return (
    <div style={{ display: "grid", gap: 8 }}>
      <strong>{t("check.near")}</strong>
      {error && <Notice kind="danger">{errorText(error)}</Notice>}
      <PlainTable stacked label={t("check.near")}>
        <tbody>
          {suggestions.slice(0, MOST_ASKED).map((each) => (
            <tr key={`${each.column}-${each.value}`}>
              <td>{t("check.nearValue", { value: each.value, column: each.column, count: each.rows })}</td>
              <td style={{ width: 280, minWidth: 160 }}>
                <NameChoice
                  field={fieldOf(each.column)}
                  near={each.near}
                  label={t("check.nearValue", { value: each.value, column: each.column, count: each.rows })}
                  value={chosen[each.column]?.[each.value]}
                  onChange={(meant) => choose(each.column, each.value, meant)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
      <div>
        <Button small disabled={!isAny} busy={map.isPending || check.isPending} onClick={apply}>
          {t("check.applyNear")}
        </Button>
      </div>
    </div>
  );
}
