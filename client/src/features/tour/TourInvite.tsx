import { GraduationCap } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useKeepProgress, useTours } from "@/api/entrances";
import { Button } from "@/ui/Button";
import styles from "./Tour.module.css";
import { useStartTour } from "./TourList";
import { useTourState } from "./tourStore";

/** On the home page, until a member has taken their tour or put it off. */
export default function TourInvite() {
  const { t } = useTranslation("help");
  const tours = useTours();
  const start = useStartTour();
  const keep = useKeepProgress();
  const running = useTourState().tour;
  const open = tours.data?.filter((each) => !["done", "dismissed"].includes(each.progress?.state ?? ""));
  const tour = open?.find((each) => each.for_builders) ?? open?.[0];
  if (!tour || running) return null;
  const isBegun = (tour.progress?.done.length ?? 0) > 0;
  return (
    <section className={styles.invite} aria-label={tour.label}>
      <GraduationCap size={22} aria-hidden="true" />
      <span>
        <strong>{tour.label}</strong>
        <small>
          {tour.description} · {t("minutes", { count: tour.minutes })}
        </small>
      </span>
      <Button
        kind="quiet"
        small
        onClick={() =>
          keep.mutate({
            tour: tour.key,
            state: "dismissed",
            step: tour.progress?.step ?? null,
            done: tour.progress?.done ?? [],
          })
        }
      >
        {t("later")}
      </Button>
      <Button kind="primary" small onClick={() => start(tour)}>
        {t(isBegun ? "resume" : "start")}
      </Button>
    </section>
  );
}
