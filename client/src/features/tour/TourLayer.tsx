import { useNavigate, useRouterState } from "@tanstack/react-router";
import { CircleCheck, Pause } from "lucide-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { checkTourStep, useKeepProgress, useTours } from "@/api/entrances";
import type { Tour, TourStep } from "@/api/types/entrances";
import { Button, IconButton } from "@/ui/Button";
import { toast } from "@/ui/toast";
import { currentStep, isPage, nextStep, target } from "./steps";
import styles from "./Tour.module.css";
import { TourList } from "./TourList";
import { listTours, showTour, useTourState } from "./tourStore";

const LOOK_EVERY_MS = 2_500;
const RING_EVERY_MS = 400;

/** Draws a ring around the place that a step points to, as long as it is in sight. */
function Ring({ anchor }: { anchor: string }) {
  const [box, setBox] = useState<DOMRect | null>(null);
  useEffect(() => {
    let last = "";
    const look = () => {
      const found = document.querySelector(`[data-tour="${anchor}"]`)?.getBoundingClientRect() ?? null;
      const seen = found && found.width > 0 ? found : null;
      const mark = seen ? [seen.x, seen.y, seen.width, seen.height].join() : "";
      if (mark !== last) {
        last = mark;
        setBox(seen);
      }
    };
    look();
    const timer = setInterval(look, RING_EVERY_MS);
    return () => clearInterval(timer);
  }, [anchor]);
  if (!box) return null;
  return (
    <div
      className={styles.ring}
      aria-hidden="true"
      style={{ left: box.x - 4, top: box.y - 4, width: box.width + 8, height: box.height + 8 }}
    />
  );
}

/** Watches for what a step asks for: an address, a click, or an event that the server knows of. */
function useWatch(tour: Tour, step: TourStep, onDone: () => void): void {
  const path = useRouterState({ select: (state) => state.location.pathname });
  const done = useRef(onDone);
  done.current = onDone;
  useEffect(() => {
    if (step.done === "page" && step.page && isPage(step.page, path)) done.current();
  }, [step, path]);
  useEffect(() => {
    if (step.done !== "click") return undefined;
    const onClick = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest(`[data-tour="${step.anchor}"]`)) done.current();
    };
    document.addEventListener("click", onClick, true);
    return () => document.removeEventListener("click", onClick, true);
  }, [step]);
  useEffect(() => {
    if (!step.done.includes(".")) return undefined;
    let isOver = false;
    const look = async () => {
      const found = await checkTourStep(tour.key, step.key).catch(() => false);
      if (found && !isOver) done.current();
    };
    const timer = setInterval(() => void look(), LOOK_EVERY_MS);
    return () => {
      isOver = true;
      clearInterval(timer);
    };
  }, [tour.key, step]);
}

function StepCard({ tour, step }: { tour: Tour; step: TourStep }) {
  const { t } = useTranslation("help");
  const navigate = useNavigate();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const keep = useKeepProgress();
  const heading = useRef<HTMLHeadingElement>(null);
  const done = tour.progress?.done ?? [];
  const at = tour.steps.indexOf(step);

  const goOn = useCallback(
    (isDone: boolean) => {
      const all = isDone ? [...new Set([...done, step.key])] : done;
      const next = nextStep(tour, step);
      keep.mutate({ tour: tour.key, state: next ? "running" : "done", step: next?.key ?? step.key, done: all });
      if (isDone && step.done !== "read") toast.done(t("wellDone"));
      if (!next) showTour(null);
    },
    [done, step, tour, keep, t],
  );
  useWatch(tour, step, () => goOn(true));
  useEffect(() => {
    if (step.key) heading.current?.focus({ preventScroll: true });
  }, [step.key]);

  const pause = () => {
    keep.mutate({ tour: tour.key, state: "paused", step: step.key, done });
    showTour(null);
  };
  const before = tour.steps[at - 1];
  const there = target(step);
  const isAway = there !== null && !isPage(there, path);
  const isRead = step.done === "read";
  return (
    <>
      {step.anchor && <Ring anchor={step.anchor} />}
      <aside
        className={styles.card}
        aria-label={tour.label}
        onKeyDown={(event) => {
          if (event.key === "Escape") pause();
        }}
      >
        <div className={styles.head}>
          <div>
            <small>{t("step", { at: at + 1, of: tour.steps.length })}</small>
            <h2 ref={heading} tabIndex={-1}>
              {step.title}
            </h2>
          </div>
          <IconButton small label={t("pause")} onClick={pause}>
            <Pause size={15} />
          </IconButton>
        </div>
        <div className={styles.bar} aria-hidden="true">
          <i style={{ width: `${(100 * (at + 1)) / tour.steps.length}%` }} />
        </div>
        <p aria-live="polite">{step.text}</p>
        {!isRead && (
          <span className={styles.waiting}>
            <CircleCheck size={13} aria-hidden="true" /> {t("waiting")}
          </span>
        )}
        <div className={styles.foot}>
          {before && (
            <Button small onClick={() => keep.mutate({ tour: tour.key, state: "running", step: before.key, done })}>
              {t("back")}
            </Button>
          )}
          {isAway && (
            <Button small onClick={() => void navigate({ to: there })}>
              {t("go")}
            </Button>
          )}
          {isRead ? (
            <Button small kind="primary" onClick={() => goOn(true)}>
              {t(nextStep(tour, step) ? "next" : "done")}
            </Button>
          ) : (
            <Button small kind="link" onClick={() => goOn(false)}>
              {t("skip")}
            </Button>
          )}
        </div>
      </aside>
    </>
  );
}

/** The tour that is on, above whatever page is open. */
export default function TourLayer() {
  const { tour: chosen, listed } = useTourState();
  const tours = useTours();
  const tour = tours.data?.find((each) => each.key === chosen);
  const step = tour ? currentStep(tour) : undefined;
  return (
    <>
      {listed && <TourList onClose={() => listTours(false)} />}
      {tour && step && <StepCard tour={tour} step={step} />}
    </>
  );
}
