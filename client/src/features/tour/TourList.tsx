import { useTranslation } from "react-i18next";
import { useKeepProgress, useTours } from "@/api/entrances";
import type { Tour } from "@/api/types/entrances";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { SkeletonLines } from "@/ui/surfaces";
import styles from "./Tour.module.css";
import { showTour } from "./tourStore";

/** Begins a tour anew, or goes on where it was left. */
export function useStartTour() {
  const keep = useKeepProgress();
  return (tour: Tour) => {
    const goesOn = tour.progress && tour.progress.state !== "done";
    const first = tour.steps[0]?.key ?? null;
    keep.mutate(
      {
        tour: tour.key,
        state: "running",
        step: goesOn ? (tour.progress?.step ?? first) : first,
        done: goesOn ? (tour.progress?.done ?? []) : [],
      },
      { onSuccess: () => showTour(tour.key) },
    );
  };
}

export function TourList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["help", "common"]);
  const tours = useTours();
  const start = useStartTour();
  return (
    <Dialog title={t("tours")} closeLabel={t("common:actions.close")} width={520} onClose={onClose}>
      <div className={styles.tours}>
        {tours.isPending && <SkeletonLines lines={4} />}
        {tours.data?.map((tour) => {
          const state = tour.progress?.state;
          const label =
            state === "done" ? t("again") : state === "running" || state === "paused" ? t("resume") : t("start");
          return (
            <section key={tour.key} className={styles.tour}>
              <header>
                <strong>{tour.label}</strong>
                <small>{t("minutes", { count: tour.minutes })}</small>
              </header>
              <p>{tour.description}</p>
              <div className={styles.foot}>
                <small>{t("progress", { done: tour.progress?.done.length ?? 0, of: tour.steps.length })}</small>
                <Button kind="primary" small aria-label={`${label} ${tour.label}`} onClick={() => start(tour)}>
                  {label}
                </Button>
              </div>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}
