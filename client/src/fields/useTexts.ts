/** Texts for lengths of time, instants near now, and errors: the same words everywhere. */
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, OfflineError } from "@/api/client";
import { serverNow } from "@/api/clock";
import { useLanguage } from "@/i18n/useLanguage";
import { addDays } from "@/model/dates";
import { dayOf, formatDateTime, formatTime, spanOf } from "@/model/format";

/** "3 天 4 小时", "12 分钟": the two largest parts. */
export function useSpanText(): (milliseconds: number) => string {
  const { t } = useTranslation("common");
  return useCallback(
    (milliseconds) => {
      const { days, hours, minutes } = spanOf(milliseconds);
      const said = [
        days > 0 && t("time.days", { count: days }),
        hours > 0 && t("time.hours", { count: hours }),
        days === 0 && minutes > 0 && t("time.minutes", { count: minutes }),
      ].filter((each): each is string => Boolean(each));
      return said.slice(0, 2).join(" ") || t("time.lessThanMinute");
    },
    [t],
  );
}

/** "5 分钟前", "昨天 14:20", or the date. */
export function useWhenText(): (instant: string) => string {
  const { t } = useTranslation("common");
  const language = useLanguage();
  return useCallback(
    (instant) => {
      const now = serverNow();
      const past = now - Date.parse(instant);
      if (past >= 0 && past < 60_000) return t("time.justNow");
      if (past >= 0 && past < 3_600_000) return t("time.minutesAgo", { count: Math.floor(past / 60_000) });
      if (past >= 0 && dayOf(instant) === dayOf(now))
        return t("time.hoursAgo", { count: Math.floor(past / 3_600_000) });
      if (dayOf(instant) === addDays(dayOf(now), -1))
        return t("time.yesterday", { time: formatTime(instant, language) });
      return formatDateTime(instant, language);
    },
    [t, language],
  );
}

/** What to tell a person about an error. */
export function useErrorText(): (error: unknown) => string {
  const { t } = useTranslation("common");
  return useCallback(
    (error) => {
      if (error instanceof OfflineError) return t("errors.offline");
      if (!(error instanceof ApiError)) return t("errors.unknown", { code: "client" });
      if (error.code === "definitions.changed") return t("errors.outdated");
      if (error.status === 429) return t("errors.limited", { seconds: error.retryAfter ?? 60 });
      const details = error.problems.map((problem) => problem.message).filter(Boolean);
      if (error.message && details.length > 0 && details.length <= 3)
        return [error.message, ...new Set(details)].join(" ");
      if (error.message) return error.message;
      return error.status === 403 ? t("errors.denied") : t("errors.unknown", { code: error.code });
    },
    [t],
  );
}
