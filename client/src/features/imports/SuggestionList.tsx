import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useImportSteps } from "@/api/imports";
import type { ImportJob } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { Notice, PlainTable } from "@/ui/surfaces";

type Chosen = Record<string, Record<string, string>>;

function merged(old: Chosen, chosen: Chosen): Chosen {
  const columns = new Set([...Object.keys(old), ...Object.keys(chosen)]);
  return Object.fromEntries([...columns].map((column) => [column, { ...old[column], ...chosen[column] }]));
}

/** Names in the file that match no record but are much like one: the person says which is meant. */
export function SuggestionList({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const errorText = useErrorText();
  const { map, check } = useImportSteps();
  const [chosen, setChosen] = useState<Chosen>({});
  const suggestions = (job.suggestions ?? []).filter(({ near }) => near.length > 0);
  const { mapping } = job;
  if (suggestions.length === 0 || !mapping) return null;
  const choose = (column: string, value: string, meant: string) =>
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
      <PlainTable label={t("check.near")}>
        <tbody>
          {suggestions.map((each) => (
            <tr key={`${each.column}-${each.value}`}>
              <td>{t("check.nearValue", { value: each.value, column: each.column, rows: each.rows })}</td>
              <td style={{ width: 280, minWidth: 160 }}>
                <NativeSelect
                  aria-label={t("check.nearValue", { value: each.value, column: each.column, rows: each.rows })}
                  value={chosen[each.column]?.[each.value] ?? ""}
                  onChange={(event) => choose(each.column, each.value, event.target.value)}
                >
                  <option value="">{t("check.keep")}</option>
                  {each.near.map((name) => (
                    <option key={name} value={name}>
                      {name}
                    </option>
                  ))}
                </NativeSelect>
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
