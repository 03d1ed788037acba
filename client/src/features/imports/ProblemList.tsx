import { Download } from "lucide-react";
import { useTranslation } from "react-i18next";
import { downloadImportErrors } from "@/api/imports";
import type { ImportJob } from "@/api/types";
import { useErrorText } from "@/fields/useTexts";
import { Button } from "@/ui/Button";
import { PlainTable } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import styles from "./Imports.module.css";

/** Some of the rows that cannot be taken, each with its reason, and the file that has them all. */
export function ProblemList({ job }: { job: ImportJob }) {
  const { t } = useTranslation("imports");
  const errorText = useErrorText();
  if (job.bad === 0) return null;
  const labelAt = (path: (string | number)[] | undefined) =>
    job.fields?.find((field) => path?.includes(field.key))?.label;
  return (
    <div style={{ display: "grid", gap: 10 }}>
      <div style={{ display: "flex", flexWrap: "wrap", alignItems: "center", gap: 10 }}>
        <strong>{t("check.problems")}</strong>
        <Button
          small
          icon={<Download size={15} />}
          onClick={() => void downloadImportErrors(job.id).catch((error: unknown) => toast.error(errorText(error)))}
        >
          {t("check.errors")}
        </Button>
        <span style={{ color: "var(--ink-mute)", fontSize: "var(--text-sm)" }}>{t("check.errorsHint")}</span>
      </div>
      <PlainTable stacked label={t("check.problems")}>
        <tbody>
          {job.problems.map((problem, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a row may have the same problem twice
            <tr key={index}>
              <td data-inline className={styles.short}>
                {problem.sheet
                  ? t("check.sheetRow", { sheet: problem.sheet, row: problem.row })
                  : t("check.row", { row: problem.row })}
              </td>
              <td data-inline className={styles.short}>
                {problem.column ?? labelAt(problem.path)}
              </td>
              <td className={styles.cell}>
                <div title={problem.value ?? undefined}>{problem.value}</div>
              </td>
              <td>{problem.message}</td>
            </tr>
          ))}
        </tbody>
      </PlainTable>
    </div>
  );
}
