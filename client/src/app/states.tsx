import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { CircleX, CloudOff, Compass } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ApiError, OfflineError } from "@/api/client";
import { useErrorText } from "@/fields/useTexts";
import { Button, buttonClass } from "@/ui/Button";
import { EmptyState, Page, SkeletonLines } from "@/ui/surfaces";

export function LoadingState() {
  const { t } = useTranslation();
  return (
    <Page>
      <span className="visually-hidden" role="status">
        {t("loading")}
      </span>
      <SkeletonLines lines={8} />
    </Page>
  );
}

export function NotFoundState() {
  const { t } = useTranslation();
  return (
    <EmptyState
      isPage
      icon={<Compass size={40} />}
      title={t("errors.notFound")}
      text={t("errors.notFoundText")}
      actions={
        <Link to="/" className={buttonClass("primary")}>
          {t("errors.toHome")}
        </Link>
      }
    />
  );
}

export function CrashState({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const isAway = error instanceof OfflineError || !navigator.onLine;
  if (isAway) {
    return (
      <EmptyState
        isPage
        icon={<CloudOff size={40} />}
        title={t("errors.away")}
        text={t("errors.awayText")}
        actions={
          <>
            <Link to="/" className={buttonClass("plain")}>
              {t("errors.toHome")}
            </Link>
            <Button kind="primary" onClick={() => window.location.reload()}>
              {t("actions.retry")}
            </Button>
          </>
        }
      />
    );
  }
  const isKnown = error instanceof ApiError || error instanceof OfflineError;
  return (
    <EmptyState
      isPage
      icon={<CircleX size={40} />}
      title={isKnown ? t("errors.title") : t("errors.crash")}
      text={isKnown ? errorText(error) : t("errors.crashText")}
      actions={
        <>
          <Button onClick={reset}>{t("actions.retry")}</Button>
          <Button kind="primary" onClick={() => window.location.reload()}>
            {t("actions.reload")}
          </Button>
        </>
      }
    />
  );
}
