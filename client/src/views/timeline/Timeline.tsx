import { CalendarRange } from "lucide-react";
import { useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { serverNow } from "@/api/clock";
import { useAggregate } from "@/api/records";
import type { TimelineScale } from "@/api/types";
import { useCatalogue } from "@/fields/useCatalogue";
import { both } from "@/model/filter";
import { dayOf } from "@/model/format";
import { scale, visibleRows } from "@/model/scroll";
import { dayNumber } from "@/model/windows";
import { Button } from "@/ui/Button";
import { Segments } from "@/ui/controls";
import { useIsPhone } from "@/ui/media";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import { useWindowRows } from "../grid/useWindowRows";
import { KindFailed } from "../kinds/KindState";
import type { KindProps } from "../kinds/kind";
import { dayIn, useDates } from "../kinds/useDates";
import styles from "./Timeline.module.css";
import { TimelineRow } from "./TimelineRow";
import { DAY_WIDTH, ticksOf } from "./ticks";

const SCALES = ["day", "week", "month"] as const;
const ROW = 36;
const MARGIN = 21;

interface Port {
  left: number;
  top: number;
  width: number;
  height: number;
}

function usePort(): [HTMLDivElement | null, (element: HTMLDivElement | null) => void, Port] {
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  const [port, setPort] = useState<Port>({ left: 0, top: 0, width: 800, height: 500 });
  useLayoutEffect(() => {
    if (!element) return undefined;
    const read = () =>
      setPort({
        left: element.scrollLeft,
        top: element.scrollTop,
        width: element.clientWidth,
        height: element.clientHeight,
      });
    read();
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener("scroll", read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", read);
    };
  }, [element]);
  return [element, setElement, port];
}

/** From the first start to the last end, today included, as numbers of days. */
function useReach({ entity, query }: KindProps, start: string, end: string | null | undefined, today: number) {
  const ends = useAggregate(entity.key, {
    ...query,
    group: [],
    measures: [
      { do: "min", field: start },
      { do: "max", field: start },
      ...(end ? [{ do: "max" as const, field: end }] : []),
    ],
  });
  const values = ends.data?.[0]?.values ?? [];
  const days = values.flatMap((value) => {
    const day = dayIn(value);
    return day ? [dayNumber(day)] : [];
  });
  return {
    isReady: ends.data !== undefined,
    first: Math.min(today, ...days) - MARGIN,
    last: Math.max(today, ...days) + MARGIN,
  };
}

/** Records as bars over days. Rows come as they are scrolled into sight; bars are moved and stretched by hand or keys. */
export function Timeline(props: KindProps) {
  const { entity, view, query } = props;
  const { t } = useTranslation("views");
  const catalogue = useCatalogue();
  const isPhone = useIsPhone();
  const settings = view.timeline ?? { start: "created_at" };
  const today = dayNumber(dayOf(serverNow()));
  const [zoom, setZoom] = useState<TimelineScale>(settings.scale ?? "week");
  const reach = useReach(props, settings.start, settings.end, today);
  const [element, setElement, port] = usePort();
  const lanes = view.group ? [{ field: view.group }] : [];
  const sort = [...lanes, ...(query.sort ?? [{ field: settings.start }])];
  const asked = { ...query, filter: both(query.filter, { field: settings.start, op: "not_empty" }), sort };
  const [count, setCount] = useState(0);
  const height = Math.max(0, port.height - 52);
  const scaled = scale(count, ROW, height);
  const span = visibleRows(port.top, count, ROW, height, scaled);
  const rows = useWindowRows(entity.key, asked, span.first, Math.max(span.end, span.first + 1));
  if (rows.count !== null && rows.count !== count) setCount(rows.count);
  const dates = useDates(entity.key, settings);
  const unit = DAY_WIDTH[zoom];
  const names = isPhone ? 120 : 240;
  const width = (reach.last - reach.first) * unit;
  const showToday = () => {
    if (element) element.scrollLeft = (today - reach.first) * unit - (port.width - names) / 3;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new zoom or range begins at today
  useLayoutEffect(showToday, [zoom, reach.isReady, element]);
  if (rows.error) return <KindFailed error={rows.error} retry={rows.retry} />;
  if (rows.count === 0)
    return <EmptyState icon={<CalendarRange size={40} />} title={t("timeline.empty")} text={t("timeline.emptyText")} />;
  const from = reach.first + Math.floor(port.left / unit) - 5;
  const ticks = ticksOf(zoom, from, from + Math.ceil(port.width / unit) + 10);
  const indexes = Array.from({ length: span.end - span.first }, (_, at) => span.first + at);
  const left = (day: number) => (day - reach.first) * unit;
  return (
    <section className={styles.timeline} aria-label={t("timeline.label", { view: view.label })}>
      <header className={styles.bar}>
        <Button onClick={showToday}>{t("calendar.today")}</Button>
        <span className={styles.note}>{t("timeline.hint")}</span>
        <Segments
          label={t("timeline.scale")}
          value={zoom}
          options={SCALES.map((value) => ({ value, label: t(`timeline.${value}`) }))}
          onChange={setZoom}
        />
      </header>
      <div ref={setElement} className={styles.scroller} style={{ "--names": `${names}px`, "--line": `${ROW}px` }}>
        <div className={styles.ticks} style={{ width: width + names }}>
          <div className={styles.corner}>{entity.label}</div>
          {ticks.map((tick) => (
            <span key={`${tick.isMajor}${tick.day}`} data-major={tick.isMajor} style={{ left: left(tick.day) + names }}>
              {tick.label}
            </span>
          ))}
        </div>
        <div className={styles.body} style={{ height: scaled.height, width: width + names }}>
          <div className={styles.today} style={{ left: left(today) + names + unit / 2 }} title={t("calendar.today")} />
          {rows.isPending && <SkeletonLines lines={8} />}
          <div className={styles.rows} style={{ transform: `translateY(${span.top}px)` }}>
            {indexes.map((index) => {
              const row = rows.rowAt(index);
              const before = index > 0 ? rows.rowAt(index - 1) : undefined;
              const lane = view.group ? catalogue.field(entity.key, view.group) : undefined;
              return (
                <TimelineRow
                  key={index}
                  row={row}
                  before={before}
                  lane={lane}
                  view={view}
                  unit={unit}
                  left={left}
                  names={names}
                  dates={dates}
                />
              );
            })}
          </div>
        </div>
      </div>
    </section>
  );
}
