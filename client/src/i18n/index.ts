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

/** What any page may show once somebody asks for it: a menu, a dialog, the editor of a field. */
const EVERYDAY = ["records", "views", "process", "comments", "home", "tasks", "help", "keys", "imports"] as const;
/** What the studio's pages show in the same way. */
const BUILDING = ["forms", "parts", "formula", "choices", "processes", "designer", "studioApps", "entrances"] as const;

/**
 * Fetches texts ahead, so that what is opened later shows at once: a part whose texts come late hides the page around
 * it until then, and what is typed meanwhile is lost.
 */
export function fetchTexts(of: "everyday" | "building"): void {
  const names = of === "everyday" ? EVERYDAY : BUILDING;
  const fetch = () => void i18next.loadNamespaces(names);
  if ("requestIdleCallback" in window) window.requestIdleCallback(fetch, { timeout: 3_000 });
  else setTimeout(fetch, 500);
}

export async function changeLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

export function currentLanguage(): Language {
  return i18next.language === "en" ? "en" : "zh";
}
