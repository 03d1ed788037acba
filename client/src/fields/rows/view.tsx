import { Rows3 } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { RecordRow } from "@/api/types";
import { Empty } from "../Empty";
import styles from "../fields.module.css";
import type { FieldView, ShowProps } from "../module";
import { Shown } from "../Shown";
import { useCatalogue } from "../useCatalogue";
import { childFields, rowsOf } from "./values";

function CountCell({ value }: ShowProps) {
  const { t } = useTranslation("records");
  const count = rowsOf(value).length;
  return count > 0 ? <span>{t("rows.count", { count })}</span> : <Empty />;
}

function RowsTable({ field, value, row }: ShowProps) {
  const catalogue = useCatalogue();
  const fields = childFields(catalogue, field);
  const rows = rowsOf(value);
  if (rows.length === 0) return <Empty />;
  return (
    <div className={styles.subTable}>
      <table>
        <thead>
          <tr>
            {fields.map((each) => (
              <th key={each.key} scope="col">
                {each.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((child) => {
            const shown: RecordRow = { ...row, values: child.values, display: child.display };
            return (
              <tr key={child.key}>
                {fields.map((each) => (
                  <td key={each.key}>
                    <Shown field={each} row={shown} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

export const subTable: FieldView = {
  icon: Rows3,
  align: "start",
  width: 110,
  Cell: CountCell,
  Full: RowsTable,
  isWide: true,
};
