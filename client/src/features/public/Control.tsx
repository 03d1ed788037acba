import { useState } from "react";
import { FormError, uploadFile } from "./exchange";
import styles from "./PublicForm.module.css";
import type { PageLanguage, PageTexts } from "./texts";
import type { PublicField, Uploaded, Value } from "./types";

interface ControlProps {
  id: string;
  field: PublicField;
  value: Value;
  texts: PageTexts;
  language: PageLanguage;
  token: string;
  describedBy: string | undefined;
  isWrong: boolean;
  onChange: (value: Value) => void;
}

const INPUTS: Record<
  string,
  { type: string; inputMode?: "numeric" | "decimal" | "tel" | "email" | "url"; autoComplete?: string }
> = {
  integer: { type: "text", inputMode: "numeric" },
  decimal: { type: "text", inputMode: "decimal" },
  money: { type: "text", inputMode: "decimal" },
  percent: { type: "text", inputMode: "decimal" },
  rating: { type: "text", inputMode: "numeric" },
  date: { type: "date" },
  date_time: { type: "datetime-local" },
  phone: { type: "tel", inputMode: "tel", autoComplete: "tel" },
  email: { type: "email", inputMode: "email", autoComplete: "email" },
  url: { type: "text", inputMode: "url" },
};

function Files({ id, value, texts, token, onChange, field }: ControlProps) {
  const [files, setFiles] = useState<Uploaded[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const most = field.most ?? 3;
  const put = (next: Uploaded[]) => {
    setFiles(next);
    onChange(next.length > 0 ? next.map((each) => each.id) : null);
  };
  const take = async (list: FileList | null) => {
    setError("");
    setBusy(true);
    try {
      let next = files;
      for (const file of [...(list ?? [])].slice(0, most - files.length))
        next = [...next, await uploadFile(token, file)];
      put(next);
    } catch (caught) {
      setError(caught instanceof FormError && caught.message ? caught.message : texts.failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div>
      {files.map((file) => (
        <div key={file.id} className={styles.file}>
          <span>{file.name}</span>
          <button type="button" onClick={() => put(files.filter((each) => each !== file))}>
            {texts.remove}
          </button>
        </div>
      ))}
      {(value === null || files.length < most) && (
        <label className={styles.upload}>
          {busy ? texts.uploading : texts.file}
          <input
            id={id}
            type="file"
            className="visually-hidden"
            accept="image/*,application/pdf"
            multiple={most > 1}
            onChange={(event) => {
              void take(event.target.files);
              event.target.value = "";
            }}
          />
        </label>
      )}
      {error && (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

function Choices({ id, field, value, language, onChange }: ControlProps) {
  const chosen = Array.isArray(value) ? value : [];
  return (
    <div className={styles.choices} id={id}>
      {field.options.map((option) => (
        <label key={option.key} className={styles.check}>
          <input
            type="checkbox"
            checked={chosen.includes(option.key)}
            onChange={(event) =>
              onChange(event.target.checked ? [...chosen, option.key] : chosen.filter((each) => each !== option.key))
            }
          />
          {option.label[language]}
        </label>
      ))}
    </div>
  );
}

/** The control of one field: what a phone shows best for its type. */
export function Control(props: ControlProps) {
  const { id, field, value, texts, language, describedBy, isWrong, onChange } = props;
  const shared = {
    id,
    "aria-describedby": describedBy,
    "aria-invalid": isWrong || undefined,
    "aria-required": field.required || undefined,
    className: styles.input,
  };
  if (field.type === "file" || field.type === "image") return <Files {...props} />;
  if (field.type === "multi_select" || field.type === "checklist") return <Choices {...props} />;
  if (field.type === "switch")
    return (
      <label className={styles.check}>
        <input id={id} type="checkbox" checked={value === true} onChange={(event) => onChange(event.target.checked)} />
        {texts.yes}
      </label>
    );
  if (field.type === "single_select")
    return (
      <select
        {...shared}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{texts.choose}</option>
        {field.options.map((option) => (
          <option key={option.key} value={option.key}>
            {option.label[language]}
          </option>
        ))}
      </select>
    );
  const text = typeof value === "string" ? value : "";
  const limit = field.most ? { maxLength: field.most } : {};
  if (field.type === "long_text")
    return <textarea {...shared} {...limit} rows={4} value={text} onChange={(event) => onChange(event.target.value)} />;
  const hint = field.type === "region" ? texts.region : field.type === "keyword_list" ? texts.list : undefined;
  return (
    <input
      {...shared}
      {...(field.type === "text" ? limit : {})}
      {...(INPUTS[field.type] ?? { type: "text" })}
      placeholder={hint}
      value={text}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
