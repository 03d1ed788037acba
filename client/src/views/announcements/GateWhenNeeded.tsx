import { lazy, Suspense } from "react";
import { useAnnouncements } from "@/api/announcements";

const AnnouncementGate = lazy(() => import("./AnnouncementGate"));

/** Brings the dialog along only where something waits to be confirmed. */
export function GateWhenNeeded() {
  const announcements = useAnnouncements();
  const isWaiting = announcements.data?.some((each) => each.must_confirm && each.confirmed_at === null) ?? false;
  if (!isWaiting) return null;
  return (
    <Suspense fallback={null}>
      <AnnouncementGate />
    </Suspense>
  );
}
