import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";
import { Button, IconButton } from "@/ui/Button";
import { fieldEditors } from "../editors";
import styles from "../fields.module.css";
import { EmptinessFilter } from "../filters/EmptinessFilter";
import type { EditProps, FieldEditor } from "../module";
import { Shown } from "../Shown";
import { useCatalogue } from "../useCatalogue";
import { asJson, type ChildRow, childFields, rowsOf, withValue } from "./values";

function RowsEdit({ field, value, onChange, ids }: EditProps) {
  const { t } = useTranslation("records");
  const catalogue = useCatalogue();
  const fields = childFields(catalogue, field);
  const rows = rowsOf(value);
  const change = (index: number, changed: ChildRow) =>
    onChange(rows.map((row, at) => asJson(at === index ? changed : row)));
  return (
    <div className={styles.drop}>
      {rows.length > 0 && (
        <div className={styles.subTable}>
          <table>
            <thead>
              <tr>
                {fields.map((each) => (
                  <th key={each.key} scope="col">
                    {each.label}
                    {each.required && <span style={{ color: "var(--danger)" }}> *</span>}
                  </th>
                ))}
                <th scope="col" className={styles.remove}>
                  <span className="visually-hidden">{t("rows.remove")}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, index) => (
                <tr key={row.key}>
                  {fields.map((each) => {
                    const Edit = fieldEditors[each.type].Edit;
                    const isFixed = each.is_computed || each.access !== "write";
                    return (
                      <td key={each.key}>
                        {isFixed ? (
                          <Shown field={each} row={{ values: row.values, display: row.display } as RecordRow} />
                        ) : (
                          <Edit
                            field={each}
                            value={row.values[each.key] ?? null}
                            display={row.display[each.key]}
                            ids={{
                              id: `${ids.id}-${index}-${each.key}`,
                              "aria-describedby": undefined,
                              "aria-invalid": undefined,
                              "aria-required": each.required || undefined,
                            }}
                            onChange={(next) => change(index, withValue(row, each.key, next))}
                          />
                        )}
                      </td>
                    );
                  })}
                  <td className={styles.remove}>
                    <IconButton
                      small
                      label={t("rows.remove")}
                      onClick={() => onChange(rows.filter((_, at) => at !== index).map(asJson))}
                    >
                      <Trash2 size={15} />
                    </IconButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div>
        <Button
          id={ids.id}
          aria-label={`${t("rows.add")} · ${field.label}`}
          small
          icon={<Plus size={15} />}
          onClick={() => onChange([...rows.map(asJson), {}])}
        >
          {t("rows.add")}
        </Button>
      </div>
    </div>
  );
}

export const subTable: FieldEditor = { Edit: RowsEdit, Filter: EmptinessFilter };
