import { useCallback, useEffect, useState } from "react";
import { FormError, openForm } from "./exchange";
import { FormCard } from "./FormCard";
import styles from "./PublicForm.module.css";
import { type PageLanguage, TEXTS } from "./texts";
import type { PublicForm } from "./types";

const CHOSEN = "xiaolu.form.language";

/** What somebody chose on this page, what its address asks for, or what the browser speaks. */
function firstLanguage(): PageLanguage {
  const asked = sessionStorage.getItem(CHOSEN) ?? new URLSearchParams(window.location.search).get("lang");
  if (asked === "zh" || asked === "en") return asked;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** A public form: one card, both languages, nothing of the client behind it. */
export function PublicApp({ token }: { token: string }) {
  const [language, setLanguage] = useState(firstLanguage);
  const [form, setForm] = useState<PublicForm | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [isSent, setSent] = useState(false);
  const texts = TEXTS[language];
  const load = useCallback(() => {
    setSent(false);
    setForm(null);
    setFailure(null);
    openForm(token).then(setForm, (error: unknown) => setFailure(error instanceof FormError ? error.message : ""));
  }, [token]);
  useEffect(load, [load]);
  useEffect(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    if (form) document.title = form.title[language];
  }, [language, form]);
  const choose = (next: PageLanguage) => {
    sessionStorage.setItem(CHOSEN, next);
    setLanguage(next);
  };
  return (
    <main className={styles.page}>
      <div className={styles.top}>
        <button type="button" className={styles.language} onClick={() => choose(language === "zh" ? "en" : "zh")}>
          {texts.language}
        </button>
      </div>
      {failure !== null && (
        <div className={styles.card}>
          <h1>{texts.gone}</h1>
          <p>{failure || texts.failed}</p>
        </div>
      )}
      {failure === null && !form && <p role="status">{texts.loading}</p>}
      {form && !isSent && (
        <FormCard token={token} form={form} language={language} texts={texts} onSent={() => setSent(true)} />
      )}
      {form && isSent && (
        <div className={styles.card}>
          <div className={styles.thanks} role="status">
            <span aria-hidden="true">✓</span>
            <h1>{form.thanks?.[language] || texts.thanks}</h1>
            <button type="button" className={styles.language} onClick={load}>
              {texts.another}
            </button>
          </div>
        </div>
      )}
    </main>
  );
}
