import { useTranslation } from "react-i18next";
import type { View } from "@/api/types/studio";
import { useCatalogue } from "@/fields/useCatalogue";
import { columnKeys } from "@/model/columns";
import { NativeSelect, TextInput } from "@/ui/controls";
import { NumberProperty } from "../parts/PropertyPanel";
import { FieldsEditor } from "./FieldsEditor";
import { type FieldChoice, listable, measuresFor } from "./fields";
import styles from "./Views.module.css";

export interface SettingProps {
  view: View;
  fields: FieldChoice[];
  /** Puts one setting; undefined takes it out. */
  put: (path: string[], value: unknown) => void;
}

/** A mapping without one key, or with a value for it; undefined where nothing is left. */
function withKey<T>(mapping: Record<string, T> | undefined, key: string, value: T | undefined) {
  const next = { ...mapping };
  if (value === undefined) delete next[key];
  else next[key] = value;
  return Object.keys(next).length > 0 ? next : undefined;
}

/** Columns: which, in what order, how wide, what is worked out below them, and how many stay in sight. */
export function ColumnSettings({ view, fields, put }: SettingProps) {
  const { t } = useTranslation(["designer", "records"]);
  const catalogue = useCatalogue();
  const entity = catalogue.entity(view.entity);
  // A list without columns of its own shows a choice of the form's fields; whoever changes it begins from that.
  const columns = view.columns ?? (entity ? columnKeys(catalogue, entity) : []);
  return (
    <>
      <FieldsEditor
        entity={view.entity}
        label={t("designer:columns")}
        add={t("designer:addColumn")}
        fields={listable(fields)}
        value={columns}
        onChange={(next) => put(["columns"], next.length > 0 ? next : undefined)}
        more={(field) => (
          <span className={styles.columnMore}>
            <TextInput
              type="number"
              min={48}
              max={1200}
              step={10}
              aria-label={t("designer:widthOf", { name: field.label })}
              placeholder={t("designer:width")}
              defaultValue={view.widths?.[field.key] ?? ""}
              key={view.widths?.[field.key] ?? 0}
              onBlur={(event) => {
                const width = Number(event.target.value) || undefined;
                if (width !== view.widths?.[field.key]) put(["widths"], withKey(view.widths, field.key, width));
              }}
            />
            <NativeSelect
              aria-label={t("designer:summaryOf", { name: field.label })}
              value={view.summary?.[field.key] ?? ""}
              onChange={(event) => put(["summary"], withKey(view.summary, field.key, event.target.value || undefined))}
            >
              <option value="">{t("designer:noSummary")}</option>
              {measuresFor(field.type).map((measure) => (
                <option key={measure} value={measure}>
                  {t(`records:measureNames.${measure}` as "records:measureNames.sum")}
                </option>
              ))}
            </NativeSelect>
          </span>
        )}
      />
      <NumberProperty
        label={t("designer:frozen")}
        help={t("designer:frozenHelp")}
        isWhole
        min={0}
        max={Math.max(1, columns.length)}
        value={view.frozen ?? 1}
        onChange={(frozen) => put(["frozen"], frozen === 1 ? undefined : frozen)}
      />
    </>
  );
}
