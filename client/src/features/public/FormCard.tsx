import { type FormEvent, useEffect, useRef, useState } from "react";
import { Control } from "./Control";
import { FormError, openForm, origin, sendForm } from "./exchange";
import styles from "./PublicForm.module.css";
import { solve } from "./riddle";
import type { PageLanguage, PageTexts } from "./texts";
import type { PublicField, PublicForm, Riddle, Solution, Values } from "./types";

interface Props {
  token: string;
  form: PublicForm;
  language: PageLanguage;
  texts: PageTexts;
  onSent: () => void;
}

const isEmpty = (value: Values[string] | undefined) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** What the server reads: lists from separated words, instants with the browser's offset. */
function outgoing(fields: PublicField[], values: Values): Values {
  const sent: Values = {};
  for (const field of fields) {
    const value = values[field.key];
    if (value === undefined || isEmpty(value)) continue;
    if (field.type === "keyword_list" && typeof value === "string")
      sent[field.key] = value
        .split(/[、,，;；]/)
        .map((each) => each.trim())
        .filter(Boolean);
    else if (field.type === "date_time" && typeof value === "string") sent[field.key] = new Date(value).toISOString();
    else if (field.type === "percent" && typeof value === "string")
      sent[field.key] = String(Number(value.replace("%", "")) / 100);
    else sent[field.key] = typeof value === "string" ? value.trim() : value;
  }
  return sent;
}

/** The riddle is worked on while somebody writes; it is done long before they send. */
function useSolution(riddle: Riddle) {
  const work = useRef<Promise<Solution> | null>(null);
  useEffect(() => {
    work.current = solve(riddle);
  }, [riddle]);
  return work;
}

export function FormCard({ token, form, language, texts, onSent }: Props) {
  const [riddle, setRiddle] = useState(form.riddle);
  const solution = useSolution(riddle);
  const [values, setValues] = useState<Values>({});
  const [agreed, setAgreed] = useState(false);
  const [problems, setProblems] = useState<Record<string, string>>({});
  const [notice, setNotice] = useState("");
  const [busy, setBusy] = useState<"" | "checking" | "sending">("");
  const trap = useRef<HTMLInputElement>(null);

  const fresh = async () => setRiddle((await openForm(token)).riddle);
  const fail = (found: Record<string, string>) => {
    setProblems(found);
    const first = form.fields.find((field) => found[field.key])?.key ?? (found.consent ? "consent" : null);
    if (first) document.getElementById(`f-${first}`)?.focus();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setNotice("");
    const missing = Object.fromEntries(
      form.fields
        .filter((field) => field.required && isEmpty(values[field.key]))
        .map((field) => [field.key, texts.required]),
    );
    if (form.consent && !agreed) missing.consent = texts.consent;
    if (Object.keys(missing).length > 0) {
      fail(missing);
      return;
    }
    setProblems({});
    try {
      setBusy("checking");
      const solved = await solution.current;
      setBusy("sending");
      const answer = await sendForm(token, {
        values: outgoing(form.fields, values),
        solution: solved,
        trap: trap.current?.value ?? "",
        consent: agreed,
        origin: origin(),
      });
      if (answer.accepted) onSent();
      else {
        setNotice(answer.refusal?.[language] ?? texts.failed);
        await fresh();
      }
    } catch (caught) {
      if (caught instanceof FormError && caught.problems.length > 0)
        fail(Object.fromEntries(caught.problems.map((each) => [each.field, each.message])));
      setNotice(caught instanceof FormError && caught.message ? caught.message : texts.failed);
    } finally {
      setBusy("");
    }
  };

  const count = Object.keys(problems).length;
  return (
    <form className={styles.card} noValidate onSubmit={(event) => void submit(event)}>
      <h1>{form.title[language]}</h1>
      {form.intro && <p className={styles.intro}>{form.intro[language]}</p>}
      {(notice || count > 0) && (
        <p role="alert" className={styles.notice}>
          {notice || texts.missing.replace("{count}", String(count))}
        </p>
      )}
      {form.fields.map((field) => {
        const id = `f-${field.key}`;
        const problem = problems[field.key];
        const about = problem || field.help ? `${id}-about` : undefined;
        return (
          <div key={field.key} className={styles.field}>
            <label className={styles.label} htmlFor={id}>
              {field.label[language]}
              {field.required ? (
                <span className={styles.star} aria-hidden="true">
                  {" *"}
                </span>
              ) : (
                <small>{texts.optional}</small>
              )}
            </label>
            <Control
              id={id}
              field={field}
              value={values[field.key] ?? null}
              texts={texts}
              language={language}
              token={token}
              describedBy={about}
              isWrong={Boolean(problem)}
              onChange={(value) => {
                setValues((all) => ({ ...all, [field.key]: value }));
                setProblems(({ [field.key]: _, ...rest }) => rest);
              }}
            />
            {about && (
              <p id={about} className={problem ? styles.error : styles.help}>
                {problem ?? field.help?.[language]}
              </p>
            )}
          </div>
        );
      })}
      <div className={styles.trap} aria-hidden="true">
        <label htmlFor="website-address">{texts.trap}</label>
        <input ref={trap} id="website-address" name="website" type="text" tabIndex={-1} autoComplete="off" />
      </div>
      {form.consent && (
        <div>
          <label className={styles.check}>
            <input
              id="f-consent"
              type="checkbox"
              checked={agreed}
              aria-invalid={problems.consent ? true : undefined}
              onChange={(event) => {
                setAgreed(event.target.checked);
                setProblems(({ consent: _, ...rest }) => rest);
              }}
            />
            {form.consent[language]}
          </label>
          {problems.consent && <p className={styles.error}>{problems.consent}</p>}
        </div>
      )}
      <button type="submit" className={styles.send} disabled={busy !== ""}>
        {busy ? texts.sending : (form.button?.[language] ?? texts.send)}
      </button>
      <p className={styles.status} role="status">
        {busy === "checking" ? texts.checking : ""}
      </p>
    </form>
  );
}
