import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FormulaEntity, FormulaFunction, FormulaName } from "@/api/types";
import { SearchInput, Segments } from "@/ui/controls";
import type { Offered } from "./completion";
import styles from "./Formula.module.css";

interface PaletteProps {
  offered: Offered;
  onField: (field: FormulaName, entity: FormulaEntity) => void;
  onFunction: (item: FormulaFunction) => void;
}

/** All fields and functions, to look through and to put in place by a click. */
export function Palette({ offered, onField, onFunction }: PaletteProps) {
  const { t } = useTranslation("formula");
  const [shown, setShown] = useState<"fields" | "functions">("fields");
  const [wanted, setWanted] = useState("");
  const entity = offered.names.entity(offered.entity);
  const fits = (...among: string[]) => among.some((each) => each.toLowerCase().includes(wanted.trim().toLowerCase()));
  const fields = (entity?.fields ?? []).filter((each) => fits(each.label, each.key, ...each.names));
  const functions = offered.functions
    .filter((each) => offered.changed || each.family !== "change")
    .filter((each) => fits(each.name, each.description, each.family_label));
  const families = [...new Set(functions.map((each) => each.family_label))];
  return (
    <div className={styles.palette}>
      <Segments
        label={t("insert")}
        value={shown}
        options={[
          { value: "fields", label: t("fields") },
          { value: "functions", label: t("functions") },
        ]}
        onChange={setShown}
      />
      <SearchInput
        value={wanted}
        aria-label={t("find")}
        placeholder={t("find")}
        onChange={(event) => setWanted(event.target.value)}
      />
      <div className={styles.list}>
        {shown === "fields" &&
          entity &&
          fields.map((field) => (
            <button key={field.key} type="button" onClick={() => onField(field, entity)}>
              <strong>{field.label}</strong>
              <small>
                {field.target && offered.names.entity(field.target)
                  ? offered.texts.leadsTo(offered.names.entity(field.target)?.label ?? "", field.many)
                  : offered.texts.type(field)}
              </small>
            </button>
          ))}
        {shown === "functions" &&
          families.map((family) => (
            <section key={family} aria-label={family}>
              <h4>{family}</h4>
              {functions
                .filter((each) => each.family_label === family)
                .map((item) => (
                  <button key={item.name} type="button" onClick={() => onFunction(item)}>
                    <code>{item.signature}</code>
                    <span>{item.description}</span>
                    <small>
                      {t("example")}
                      <code>{item.example}</code>
                    </small>
                  </button>
                ))}
            </section>
          ))}
        {(shown === "fields" ? fields : functions).length === 0 && <p className={styles.quiet}>{t("nothingFound")}</p>}
      </div>
    </div>
  );
}
