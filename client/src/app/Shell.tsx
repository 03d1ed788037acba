import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate, useRouter } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { listenLive } from "@/api/live";
import { sessionQuery, useSession } from "@/api/session";
import { fetchTexts } from "@/i18n";
import { useIsPhone } from "@/ui/media";
import { ViewingBanner } from "@/views/access/ViewingBanner";
import { GateWhenNeeded } from "@/views/announcements/GateWhenNeeded";
import { BottomBar } from "./BottomBar";
import styles from "./Shell.module.css";
import { SideNav } from "./SideNav";
import { Standing } from "./Standing";
import { LoadingState } from "./states";
import { TopBar } from "./TopBar";
import { useShellKeys } from "./useShellKeys";
import { useUndoKey } from "./useUndoKey";

const Palette = lazy(() => import("./Palette"));
const ShortcutsDialog = lazy(() => import("./ShortcutsDialog"));
const LOST_AFTER_MS = 4_000;

function useLiveUpdates(): boolean {
  const client = useQueryClient();
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const since = client.getQueryData(sessionQuery.queryKey)?.since ?? "0";
    const stop = listenLive(client, since, (connected) => {
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

/** Sends people to the sign-in page when their session ends while they are here. */
function useGuard(): boolean {
  const session = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const isIn = session !== null;
  useEffect(() => {
    const { pathname, href } = router.state.location;
    if (isIn || pathname === "/sign-in") return;
    void navigate({ to: "/sign-in", search: { to: href }, replace: true });
  }, [isIn, navigate, router]);
  return isIn;
}

function Frame() {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const lost = useLiveUpdates();
  useEffect(() => fetchTexts("everyday"), []);
  const [open, setOpen] = useState<"palette" | "shortcuts" | null>(null);
  const openPalette = () => setOpen("palette");
  useUndoKey();
  useShellKeys({ onPalette: openPalette, onShortcuts: () => setOpen("shortcuts") });
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main">
        {t("nav.skip")}
      </a>
      {!isPhone && <SideNav />}
      <TopBar onSearch={openPalette} />
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense fallback={<LoadingState />}>
          <Outlet />
        </Suspense>
      </main>
      <ViewingBanner />
      {isPhone && <BottomBar />}
      <GateWhenNeeded />
      <Standing isLost={lost} />
      <Suspense fallback={null}>
        {open === "palette" && (
          <Palette
            onClose={() => setOpen((now) => (now === "palette" ? null : now))}
            onShortcuts={() => setOpen("shortcuts")}
          />
        )}
        {open === "shortcuts" && <ShortcutsDialog onClose={() => setOpen(null)} />}
      </Suspense>
    </div>
  );
}

export function Shell() {
  const isIn = useGuard();
  return isIn ? <Frame /> : null;
}
