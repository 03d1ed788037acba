/** Numbers, sums of money, days and lengths of time as people write them, in both languages. */
import type { Json } from "@/api/types";

export type Language = "zh" | "en";

const locale = (language: Language) => (language === "zh" ? "zh-CN" : "en-US");
let timeZone = "Asia/Shanghai";

/** The workspace's time zone; dates and hours are shown in it wherever the reader sits. */
export function setTimeZone(zone: string): void {
  timeZone = zone;
  cached.clear();
}

const cached = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function numberFormat(language: Language, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `n${language}${JSON.stringify(options)}`;
  const found = (cached.get(key) as Intl.NumberFormat | undefined) ?? new Intl.NumberFormat(locale(language), options);
  cached.set(key, found);
  return found;
}

function dateFormat(language: Language, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `d${language}${JSON.stringify(options)}`;
  const found =
    (cached.get(key) as Intl.DateTimeFormat | undefined) ??
    new Intl.DateTimeFormat(locale(language), { timeZone, ...options });
  cached.set(key, found);
  return found;
}

/** JSON carries exact decimals as text. */
export function toNumber(value: Json | undefined): number | null {
  if (value === null || value === undefined || value === "") return null;
  const number = typeof value === "string" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
}

export function formatNumber(value: Json | undefined, language: Language, scale?: number | null): string {
  const number = toNumber(value);
  if (number === null) return "";
  const options: Intl.NumberFormatOptions =
    scale === null || scale === undefined
      ? { maximumFractionDigits: 6 }
      : { minimumFractionDigits: scale, maximumFractionDigits: scale };
  return numberFormat(language, options).format(number);
}

const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "$", EUR: "€", GBP: "£", JPY: "¥", HKD: "HK$" };

export function currencySymbol(currency: string | null): string {
  return SYMBOLS[currency ?? "CNY"] ?? `${currency} `;
}

export function formatMoney(value: Json | undefined, language: Language, currency: string | null, scale = 2): string {
  const number = toNumber(value);
  if (number === null) return "";
  const sign = number < 0 ? "-" : "";
  return `${sign}${currencySymbol(currency)}${formatNumber(Math.abs(number), language, scale)}`;
}

/** A large figure in few characters: 1.2 万, 3.45 亿, 1.2M. */
export function formatShort(value: Json | undefined, language: Language): string {
  const number = toNumber(value);
  if (number === null) return "–";
  const size = Math.abs(number);
  if (language === "zh") {
    if (size >= 1e8) return `${formatNumber(number / 1e8, language, 2)} 亿`;
    if (size >= 1e5) return `${formatNumber(number / 1e4, language, 1)} 万`;
    return formatNumber(number, language, Number.isInteger(number) ? 0 : 2);
  }
  return numberFormat(language, { notation: size >= 1e5 ? "compact" : "standard", maximumFractionDigits: 2 }).format(
    number,
  );
}

export function formatPercent(value: Json | undefined, language: Language, scale = 1): string {
  const number = toNumber(value);
  if (number === null) return "";
  return numberFormat(language, { style: "percent", maximumFractionDigits: scale }).format(number);
}

function pad(number: string | undefined): string {
  return (number ?? "").padStart(2, "0");
}

function parts(instant: string | number, language: Language): Record<string, string> {
  const format = dateFormat(language, {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return Object.fromEntries(format.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
}

/** A day: 2026-11-21, the same in both languages, sortable by eye. */
export function formatDate(value: Json | undefined): string {
  return typeof value === "string" ? value.slice(0, 10) : "";
}

export function formatDateTime(value: Json | undefined, language: Language): string {
  if (typeof value !== "string" || value === "" || Number.isNaN(Date.parse(value))) return "";
  const at = parts(value, language);
  return `${at.year}-${pad(at.month)}-${pad(at.day)} ${pad(at.hour)}:${pad(at.minute)}`;
}

export function formatTime(value: string, language: Language): string {
  const at = parts(value, language);
  return `${pad(at.hour)}:${pad(at.minute)}`;
}

/** The day of an instant in the workspace, as YYYY-MM-DD. */
export function dayOf(instant: string | number, language: Language = "zh"): string {
  const at = parts(instant, language);
  return `${at.year}-${pad(at.month)}-${pad(at.day)}`;
}

export function formatLongDate(instant: number, language: Language): string {
  return dateFormat(language, { year: "numeric", month: "long", day: "numeric", weekday: "long" }).format(instant);
}

/** A day without its time zone: these are days, not instants. */
function dayFormat(day: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  return dateFormat(language, { timeZone: "UTC", ...options }).format(Date.parse(`${day}T00:00:00Z`));
}

export function formatMonth(day: string, language: Language): string {
  return dayFormat(day, language, { year: "numeric", month: "long" });
}

export function formatWeekday(day: string, language: Language): string {
  return dayFormat(day, language, { weekday: "short" });
}

export function formatDayLong(day: string, language: Language): string {
  return dayFormat(day, language, { month: "long", day: "numeric", weekday: "long" });
}

export function formatDayShort(day: string, language: Language): string {
  return dayFormat(day, language, { month: "numeric", day: "numeric" });
}

export function formatBytes(size: number): string {
  if (size < 1024) return `${size} B`;
  const units = ["KB", "MB", "GB"];
  let value = size;
  let unit = "B";
  for (const next of units) {
    if (value < 1024) break;
    value /= 1024;
    unit = next;
  }
  return `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`;
}

export interface Span {
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
}

/** A length of time in days, hours, minutes and seconds. */
export function spanOf(milliseconds: number): Span {
  const total = Math.max(0, Math.floor(milliseconds / 1000));
  return {
    days: Math.floor(total / 86_400),
    hours: Math.floor((total % 86_400) / 3600),
    minutes: Math.floor((total % 3600) / 60),
    seconds: total % 60,
  };
}

/** An instant as the workspace's clock on the wall shows it: 2026-11-21T14:05. */
export function wallClock(instant: string): string {
  const at = parts(instant, "zh");
  return `${at.year}-${pad(at.month)}-${pad(at.day)}T${pad(at.hour)}:${pad(at.minute)}`;
}

/** The instant at which the workspace's clock shows `wall`; in the hour that a clock skips, the one after it. */
export function instantOf(wall: string): string {
  const asked = Date.parse(`${wall}Z`);
  const shownAt = (instant: number) => Date.parse(`${wallClock(new Date(instant).toISOString())}Z`);
  const first = asked - (shownAt(asked) - asked);
  return new Date(first - (shownAt(first) - asked)).toISOString();
}
