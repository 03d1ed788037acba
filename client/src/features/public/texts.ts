import en from "@/i18n/en/publicForm";
import zh from "@/i18n/zh/publicForm";

/** The few words of the page itself; it is far smaller than the client and carries both languages. */
export const TEXTS = { zh, en };

export type PageLanguage = keyof typeof TEXTS;
export type PageTexts = typeof zh;
