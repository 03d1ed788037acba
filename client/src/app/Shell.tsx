import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { listenLive } from "@/api/live";
import { useSession } from "@/api/session";
import { useIsPhone } from "@/ui/media";
import { BottomBar } from "./BottomBar";
import styles from "./Shell.module.css";
import { SideNav } from "./SideNav";
import { LoadingState } from "./states";
import { TopBar } from "./TopBar";
import { useUndoKey } from "./useUndoKey";

const SearchDialog = lazy(() => import("@/features/search/SearchDialog"));
const LOST_AFTER_MS = 4_000;

function useLiveUpdates(): boolean {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listenLive(client, (connected) => {
      clearTimeout(timer);
      if (connected) setLost(false);
      else timer = setTimeout(() => setLost(true), LOST_AFTER_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [client]);
  return lost;
}

function useSearchKey(open: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k") return;
      event.preventDefault();
      open();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [open]);
}

/** Sends people to the sign-in page when their session ends while they are here. */
function useGuard(): boolean {
  const session = useSession();
  const navigate = useNavigate();
  const href = useRouterState({ select: (state) => state.location.href });
  const isIn = session !== null;
  useEffect(() => {
    if (!isIn) void navigate({ to: "/sign-in", search: { to: href }, replace: true });
  }, [isIn, navigate, href]);
  return isIn;
}

function Frame() {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const lost = useLiveUpdates();
  const [searching, setSearching] = useState(false);
  useUndoKey();
  useSearchKey(() => setSearching(true));
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("nav.skip")}
      </a>
      {!isPhone && <SideNav />}
      <TopBar onSearch={() => setSearching(true)} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={<LoadingState />}>
          <Outlet />
        </Suspense>
      </main>
      {isPhone && <BottomBar />}
      {lost && (
        <div className={styles.lost} role="status">
          {t("live.lost")}
        </div>
      )}
      {searching && (
        <Suspense fallback={null}>
          <SearchDialog onClose={() => setSearching(false)} />
        </Suspense>
      )}
    </div>
  );
}

export function Shell() {
  const isIn = useGuard();
  return isIn ? <Frame /> : null;
}
