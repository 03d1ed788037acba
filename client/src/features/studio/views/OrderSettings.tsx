import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { GROUP_UNITS } from "@/api/types";
import { Button } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { ManyChoice } from "../parts/ManyChoice";
import { FIGURES, groupable, listable, MOMENTS, ofTypes } from "./fields";
import type { SettingProps } from "./ListSettings";
import { reordered, SortableList } from "./SortableList";
import styles from "./Views.module.css";

/** What records are sorted by, the first first. */
export function SortSettings({ view, fields, put }: SettingProps) {
  const { t } = useTranslation(["designer", "records"]);
  const sort = view.sort ?? [];
  const left = listable(fields).filter((field) => !sort.some((each) => each.field === field.key));
  const save = (next: typeof sort) => put(["sort"], next.length > 0 ? next : undefined);
  const items = sort.map((each, index) => {
    const name = fields.find((field) => field.key === each.field)?.label ?? each.field;
    return {
      id: each.field,
      name,
      content: (
        <>
          <span className={styles.fieldName}>{name}</span>
          <NativeSelect
            aria-label={t("designer:direction", { name })}
            value={each.descending ? "down" : "up"}
            onChange={(event) =>
              save(
                sort.map((one, at) =>
                  at === index
                    ? { field: one.field, ...(event.target.value === "down" ? { descending: true } : {}) }
                    : one,
                ),
              )
            }
          >
            <option value="up">{t("records:sort.ascending")}</option>
            <option value="down">{t("records:sort.descending")}</option>
          </NativeSelect>
        </>
      ),
    };
  });
  return (
    <>
      <SortableList
        label={t("designer:sort")}
        items={items}
        onMove={(from, to) => save(reordered(sort, from, to))}
        onRemove={(index) => save(sort.filter((_, at) => at !== index))}
      />
      <Button
        small
        kind="quiet"
        icon={<Plus size={14} />}
        disabled={left.length === 0}
        onClick={() => left[0] && save([...sort, { field: left[0].key }])}
      >
        {t("records:sort.add")}
      </Button>
      {sort.length > 0 && (
        <div className={styles.sortFields}>
          {sort.map((each, index) => (
            <NativeSelect
              key={each.field}
              aria-label={t("designer:sortField", { number: index + 1 })}
              value={each.field}
              onChange={(event) =>
                save(sort.map((one, at) => (at === index ? { ...one, field: event.target.value } : one)))
              }
            >
              {listable(fields)
                .filter((field) => field.key === each.field || left.includes(field))
                .map((field) => (
                  <option key={field.key} value={field.key}>
                    {field.label}
                  </option>
                ))}
            </NativeSelect>
          ))}
        </div>
      )}
    </>
  );
}

/** Up to three levels; a single one without a unit is written short. */
export function GroupSettings({ view, fields, put }: SettingProps) {
  const { t } = useTranslation(["designer", "records"]);
  const levels = view.groups ?? (view.group ? [{ field: view.group }] : []);
  const save = (next: typeof levels) => {
    if (view.group) put(["group"], undefined);
    put(["groups"], next.length > 0 ? next : undefined);
  };
  return (
    <>
      {[...levels, null].slice(0, 3).map((level, index) => {
        const type = fields.find((field) => field.key === level?.field)?.type ?? "";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: levels have no identity but their place
          <div key={index} className={styles.level}>
            <NativeSelect
              aria-label={t("designer:level", { number: index + 1 })}
              value={level?.field ?? ""}
              onChange={(event) => {
                const field = event.target.value;
                const before = levels.slice(0, index);
                const after = levels.slice(index + 1);
                save(field ? [...before, { field }, ...after] : [...before, ...after]);
              }}
            >
              <option value="">{index === 0 ? t("records:group.none") : t("designer:noLevel")}</option>
              {groupable(fields).map((field) => (
                <option key={field.key} value={field.key}>
                  {field.label}
                </option>
              ))}
            </NativeSelect>
            {level && MOMENTS.includes(type) && (
              <NativeSelect
                aria-label={t("designer:unit", { number: index + 1 })}
                value={level.unit ?? "month"}
                onChange={(event) =>
                  save(levels.map((each, at) => (at === index ? { ...each, unit: event.target.value } : each)))
                }
              >
                {GROUP_UNITS.map((unit) => (
                  <option key={unit} value={unit}>
                    {t(`designer:units.${unit}`)}
                  </option>
                ))}
              </NativeSelect>
            )}
          </div>
        );
      })}
    </>
  );
}

/** Figures of each group, or of each column of a board; without any, records are counted. */
export function MeasureSettings({ view, fields, put }: SettingProps) {
  const { t } = useTranslation(["designer", "records"]);
  const options = ofTypes(fields, FIGURES).flatMap(({ key, label }) =>
    (["sum", "avg", "min", "max"] as const).map((each) => ({
      value: `${each}:${key}`,
      label: `${label} · ${t(`records:measureNames.${each}`)}`,
    })),
  );
  return (
    <ManyChoice
      label={t("designer:measures")}
      help={t("designer:measuresHelp")}
      value={view.measures?.filter((each) => each.field).map((each) => `${each.do}:${each.field}`)}
      options={options}
      onChange={(chosen) =>
        put(
          ["measures"],
          chosen?.map((each) => {
            const [what, field] = each.split(":");
            return { do: what, field };
          }),
        )
      }
    />
  );
}
