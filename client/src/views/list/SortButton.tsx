import { ArrowUpDown, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { FieldDefinition, Sort } from "@/api/types";
import { Button, IconButton } from "@/ui/Button";
import { NativeSelect } from "@/ui/controls";
import { Popup } from "@/ui/Popup";
import styles from "./List.module.css";

interface SortProps {
  fields: FieldDefinition[];
  sort: Sort[];
  onChange: (sort: Sort[]) => void;
}

/** Sorting by several fields, the first one first. */
export function SortButton({ fields, sort, onChange }: SortProps) {
  const { t } = useTranslation("records");
  const sortable = fields.filter((field) => field.sortable);
  const free = sortable.find((field) => !sort.some((each) => each.field === field.key));
  return (
    <Popup
      label={t("sort.title")}
      width={400}
      trigger={(trigger) => (
        <Button {...trigger} kind="quiet" icon={<ArrowUpDown size={15} />}>
          {sort.length > 0 ? `${t("sort.title")} ${sort.length}` : t("sort.title")}
        </Button>
      )}
    >
      {() => (
        <div style={{ display: "grid", gap: 8 }}>
          {sort.length === 0 && <p className={styles.hint}>{t("sort.none")}</p>}
          {sort.map((each, index) => {
            const put = (next: Sort) => onChange(sort.map((old, at) => (at === index ? next : old)));
            return (
              <div key={each.field} className={styles.sortRow}>
                <NativeSelect
                  aria-label={t("filter.field")}
                  value={each.field}
                  onChange={(event) => put({ ...each, field: event.target.value })}
                >
                  {sortable.map((field) => (
                    <option key={field.key} value={field.key}>
                      {field.label}
                    </option>
                  ))}
                </NativeSelect>
                <NativeSelect
                  aria-label={t("sort.title")}
                  value={each.descending ? "desc" : "asc"}
                  onChange={(event) => put({ ...each, descending: event.target.value === "desc" })}
                >
                  <option value="asc">{t("sort.ascending")}</option>
                  <option value="desc">{t("sort.descending")}</option>
                </NativeSelect>
                <IconButton label={t("sort.remove")} onClick={() => onChange(sort.filter((_, at) => at !== index))}>
                  <X size={16} />
                </IconButton>
              </div>
            );
          })}
          {free && (
            <div>
              <Button
                small
                kind="quiet"
                icon={<Plus size={15} />}
                onClick={() => onChange([...sort, { field: free.key }])}
              >
                {t("sort.add")}
              </Button>
            </div>
          )}
        </div>
      )}
    </Popup>
  );
}
