import { useTranslation } from "react-i18next";
import type { FieldDefinition } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { named } from "@/model/words";
import { Button } from "@/ui/Button";
import styles from "./Grid.module.css";
import type { CellWriter } from "./useCellWriter";

const SHOWN = 6;

/** What stands against a paste, cell by cell, and the choice between all of it and what can be written. */
export function PasteBar({ writer, fields }: { writer: CellWriter; fields: FieldDefinition[] }) {
  const { t } = useTranslation("records");
  const language = useLanguage();
  const { refusal } = writer;
  if (!refusal) return null;
  const labels = new Map(fields.map((field) => [field.key, field.label]));
  const lines = refusal.outcome.failed.flatMap((failure) =>
    failure.problems.map((problem, index) => ({
      key: `${failure.id}-${index}`,
      title: refusal.before.get(failure.id)?.title ?? "",
      label: labels.get(String(problem.path[1] ?? "")) ?? "",
      message: problem.message,
    })),
  );
  return (
    <section className={styles.paste} role="alert">
      <strong>{t("cells.refused", { count: refusal.cells })}</strong>
      <ul>
        {lines.slice(0, SHOWN).map((line) => (
          <li key={line.key}>{named([line.title, line.label].filter(Boolean).join(" · "), line.message, language)}</li>
        ))}
        {lines.length > SHOWN && <li>…</li>}
      </ul>
      <footer>
        <Button small onClick={writer.dismiss}>
          {t("cells.dropAll")}
        </Button>
        <Button small kind="primary" busy={writer.isPending} onClick={() => void writer.writeRest()}>
          {t("cells.writeRest")}
        </Button>
      </footer>
    </section>
  );
}
