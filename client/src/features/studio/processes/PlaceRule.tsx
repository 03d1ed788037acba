import { useTranslation } from "react-i18next";
import { NumberProperty, SelectProperty } from "../parts/PropertyPanel";
import styles from "./Processes.module.css";
import type { ProcessHandle } from "./useProcess";

interface Place {
  field?: string;
  latitude?: number;
  longitude?: number;
  metres?: number;
}

/** Where a photo must have been taken. */
export function PlaceRule({
  handle,
  value,
  onChange,
}: {
  handle: ProcessHandle;
  value: unknown;
  onChange: (value: Place | undefined) => void;
}) {
  const { t } = useTranslation("processes");
  const place = value && typeof value === "object" ? (value as Place) : undefined;
  const located = (entity: string | undefined) =>
    handle.draft.definitions.entities
      ?.find((each) => each.key === entity)
      ?.fields.filter((each) => each.type === "location") ?? [];
  const own = located(handle.process.entity).map((each) => ({ value: each.key, label: handle.text(each.label) }));
  const related = handle.fields
    .filter((each) => each.type === "relation")
    .flatMap((each) =>
      located(String(each.options?.target ?? "")).map((inner) => ({
        value: `${each.key}.${inner.key}`,
        label: `${handle.text(each.label)} · ${handle.text(inner.label)}`,
      })),
    );
  const mode = !place ? "" : place.field !== undefined ? place.field : "point";
  return (
    <>
      <SelectProperty
        label={t("rules.place")}
        value={mode}
        empty={t("rules.anywhere")}
        options={[...own, ...related, { value: "point", label: t("rules.point") }]}
        onChange={(chosen) => {
          const metres = place?.metres !== undefined ? { metres: place.metres } : {};
          if (!chosen) onChange(undefined);
          else if (chosen === "point") onChange({ latitude: 0, longitude: 0, ...metres });
          else onChange({ field: chosen, ...metres });
        }}
      />
      {place && (
        <div className={styles.pair}>
          {mode === "point" && (
            <>
              <NumberProperty
                label={t("rules.latitude")}
                min={-90}
                max={90}
                value={place.latitude}
                onChange={(latitude) => latitude !== undefined && onChange({ ...place, latitude })}
              />
              <NumberProperty
                label={t("rules.longitude")}
                min={-180}
                max={180}
                value={place.longitude}
                onChange={(longitude) => longitude !== undefined && onChange({ ...place, longitude })}
              />
            </>
          )}
          <NumberProperty
            label={t("rules.metres")}
            min={1}
            max={1_000_000}
            value={place.metres ?? 500}
            onChange={(metres) => metres !== undefined && onChange({ ...place, metres })}
          />
        </div>
      )}
    </>
  );
}
