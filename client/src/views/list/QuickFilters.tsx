import { useTranslation } from "react-i18next";
import type { Condition, Json } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { both, ME, MY_DEPARTMENT, stalledOver } from "@/model/filter";
import { Button } from "@/ui/Button";

interface QuickProps {
  entity: string;
  filter: Condition | null;
  onChange: (filter: Condition | null) => void;
}

const STALLED_HOURS = 72;

function parts(filter: Condition | null): Condition[] {
  if (!filter) return [];
  return filter.and ?? [filter];
}

/** The filters that everybody asks for, one press each; they join whatever else is set. */
export function QuickFilters({ entity, filter, onChange }: QuickProps) {
  const { t } = useTranslation("records");
  const catalogue = useCatalogue();
  const owner = (value: Json): Condition => ({ field: "owner", op: "eq", value });
  const process = catalogue.process(entity);
  const closed = process?.stages.filter((stage) => stage.kind !== "open").map((stage) => stage.key) ?? [];
  const quick: { key: string; label: string; condition: Condition }[] = [
    { key: "mine", label: t("filter.mine"), condition: owner(ME) },
    { key: "ours", label: t("filter.ours"), condition: { field: "department", op: "eq", value: MY_DEPARTMENT } },
    ...(process
      ? [
          {
            key: "stalled",
            label: t("filter.stalled"),
            condition:
              both(
                stalledOver(STALLED_HOURS),
                closed.length > 0 ? { field: "stage", op: "not_in", value: closed } : null,
              ) ?? stalledOver(STALLED_HOURS),
          },
        ]
      : []),
  ];
  const present = parts(filter);
  const has = (one: Condition) => present.some((each) => JSON.stringify(each) === JSON.stringify(one));
  return (
    <>
      {quick.map(({ key, label, condition }) => {
        const wanted = parts(condition);
        const isOn = wanted.every(has);
        const without = present.filter((each) => !wanted.some((one) => JSON.stringify(one) === JSON.stringify(each)));
        return (
          <Button
            key={key}
            kind={isOn ? "plain" : "quiet"}
            active={isOn}
            aria-pressed={isOn}
            onClick={() => onChange(isOn ? both(...without) : both(filter, condition))}
          >
            {label}
          </Button>
        );
      })}
    </>
  );
}
