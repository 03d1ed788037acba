import { Outlet } from "@tanstack/react-router";
import { CircleX } from "lucide-react";
import { Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { onDraftChange } from "@/api/live";
import { useErrorText } from "@/fields/useTexts";
import { fetchTexts } from "@/i18n";
import { Button } from "@/ui/Button";
import { EmptyState, Page, SkeletonLines } from "@/ui/surfaces";
import { toast } from "@/ui/toast";
import { useDraftStore } from "../draft/store";
import { useDraft } from "../draft/useDraft";
import { ClashDialog } from "./ClashDialog";
import styles from "./Studio.module.css";
import { StudioHead } from "./StudioHead";

/** Loads the draft, follows other builders, and keeps the page open while something is not saved. */
function useDraftInForce(): void {
  const load = useDraftStore((state) => state.load);
  const heard = useDraftStore((state) => state.heard);
  useEffect(() => {
    void load();
    fetchTexts("building");
    const stop = onDraftChange((message) => heard(message?.draft ?? null, message?.revision ?? 0));
    const onLeave = (event: BeforeUnloadEvent) => {
      if (!useDraftStore.getState().data?.pending.length) return;
      event.preventDefault();
      void useDraftStore.getState().flush();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => {
      stop();
      window.removeEventListener("beforeunload", onLeave);
      void useDraftStore.getState().flush();
    };
  }, [load, heard]);
}

function useNotices(): void {
  const { t } = useTranslation("studio");
  const notice = useDraftStore((state) => state.notice);
  useEffect(() => {
    if (notice) toast.error(t(`notices.${notice.kind}`));
  }, [notice, t]);
}

/** Where the browser itself undoes typing. */
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true], dialog[open] *";

function UndoKeys() {
  const { undo, redo } = useDraft();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest(TYPING)) return;
      const key = event.key.toLowerCase();
      if (key !== "z" && key !== "y") return;
      event.preventDefault();
      if (key === "y" || event.shiftKey) redo();
      else undo();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [undo, redo]);
  return null;
}

/** The frame around every page of the studio; what is inside may use the draft. */
export function StudioShell() {
  const { t } = useTranslation(["studio", "common"]);
  const errorText = useErrorText();
  const data = useDraftStore((state) => state.data);
  const failure = useDraftStore((state) => state.failure);
  const load = useDraftStore((state) => state.load);
  useDraftInForce();
  useNotices();
  if (!data && failure)
    return (
      <EmptyState
        icon={<CircleX size={40} />}
        title={t("loadFailed")}
        text={errorText(failure)}
        actions={<Button onClick={() => void load()}>{t("common:actions.retry")}</Button>}
      />
    );
  if (!data) return <Waiting />;
  return (
    <div className={styles.studio}>
      <StudioHead data={data} />
      <UndoKeys />
      <div className={styles.body}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </div>
      {data.clashes.length > 0 && <ClashDialog clashes={data.clashes} />}
    </div>
  );
}

function Waiting() {
  return (
    <Page>
      <SkeletonLines lines={8} />
    </Page>
  );
}
