/** Two languages; each namespace of texts is fetched when a page first needs it. */
import i18next, { type ReadCallback } from "i18next";
import { initReactI18next } from "react-i18next";

export type Language = "zh" | "en";

const bundles = import.meta.glob<{ default: Record<string, unknown> }>(["./zh/*.ts", "./en/*.ts"]);
const STORED = "xiaolu.language";

const backend = {
  type: "backend" as const,
  init: () => undefined,
  read(language: string, namespace: string, done: ReadCallback) {
    const load = bundles[`./${language}/${namespace}.ts`];
    if (!load) {
      done(new Error(`no texts: ${language}/${namespace}`), null);
      return;
    }
    load().then(
      (bundle) => done(null, bundle.default),
      (error: Error) => done(error, null),
    );
  },
};

function storedLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "zh" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
}

function mark(language: string): void {
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
}

export async function startTexts(): Promise<void> {
  const language = storedLanguage();
  mark(language);
  i18next.on("languageChanged", mark);
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      fallbackLng: false,
      supportedLngs: ["zh", "en"],
      ns: ["common"],
      defaultNS: "common",
      interpolation: { escapeValue: false },
      returnNull: false,
      react: { useSuspense: true },
    });
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh";
}
