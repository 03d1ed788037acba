import { useTranslation } from "react-i18next";
import { useErrorText } from "@/fields/useTexts";
import { Notice } from "@/ui/surfaces";
import styles from "./Form.module.css";
import type { RecordForm } from "./useRecordForm";

/** What is wrong with the form as a whole. */
export function FormNotices({ form }: { form: RecordForm }) {
  const { t } = useTranslation("records");
  const errorText = useErrorText();
  const count = Object.keys(form.problems.fields).length;
  if (count === 0 && form.problems.rest.length === 0 && !form.error) return null;
  return (
    <div className={styles.notices}>
      {form.error && <Notice kind="danger">{errorText(form.error)}</Notice>}
      {count > 0 && <Notice kind="danger">{t("record.problems", { count })}</Notice>}
      {form.problems.rest.map((text) => (
        <Notice key={text} kind="danger">
          {text}
        </Notice>
      ))}
    </div>
  );
}
