import { Maximize, Minus, Plus } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSpots } from "@/api/records";
import { useCatalogue } from "@/fields/useCatalogue";
import { useLanguage } from "@/i18n/useLanguage";
import { formatNumber } from "@/model/format";
import { choiceColour } from "@/model/looks";
import { boxOf, type Centre, fitted, type Point, panned, zoomed } from "@/model/places";
import { IconButton } from "@/ui/Button";
import { useSettled } from "@/ui/hooks";
import { EmptyState, SkeletonLines } from "@/ui/surfaces";
import { KindFailed } from "../kinds/KindState";
import type { KindProps } from "../kinds/kind";
import { MapPicture } from "./MapPicture";
import styles from "./RecordMap.module.css";
import { SpotPanel } from "./SpotPanel";

const CHINA: Centre = { lat: 35, lng: 105, scale: 4_000 };

/** The size of an element, measured. */
function useSize(): [(element: HTMLElement | null) => void, Point] {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [size, setSize] = useState<Point>({ x: 0, y: 0 });
  useEffect(() => {
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setSize({ x: element.clientWidth, y: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, [element]);
  return [setElement, size];
}

/** Records where they are. The map is drawn here: no service outside is asked, so it works without a network. */
export function RecordMap({ entity, view, query }: KindProps) {
  const { t } = useTranslation("views");
  const language = useLanguage();
  const catalogue = useCatalogue();
  const [ref, size] = useSize();
  const [centre, setCentre] = useState<Centre | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const by = { place: view.map?.place ?? "", colour: view.map?.colour ?? null };
  const all = useSpots(entity.key, query, by, null);
  const bounds = all.data?.bounds ?? null;
  const shown = centre ?? (bounds && size.x > 0 ? fitted(bounds, size) : CHINA);
  const settled = useSettled(JSON.stringify(size.x > 0 ? boxOf(shown, size) : null), 180);
  const box = JSON.parse(settled) as ReturnType<typeof boxOf> | null;
  const spots = useSpots(entity.key, query, by, box, box !== null);
  const colourOf = (value: string | null) => choiceColour(catalogue, entity.key, by.colour, value);
  const zoom = (factor: number, at: Point = { x: size.x / 2, y: size.y / 2 }) =>
    setCentre(zoomed(shown, factor, at, size));
  if (all.isError) return <KindFailed error={all.error} retry={() => void all.refetch()} />;
  if (all.data && all.data.placed === 0)
    return <EmptyState title={t("map.empty")} text={t("map.emptyText", { count: all.data.missing })} />;
  return (
    <section className={styles.map} aria-label={t("map.label", { view: view.label })}>
      <div ref={ref} className={styles.canvas}>
        {all.isPending && <SkeletonLines lines={6} />}
        {size.x > 0 && all.data && (
          <MapPicture
            centre={shown}
            size={size}
            spots={spots.data?.spots ?? []}
            colourOf={colourOf}
            chosen={chosen}
            onMove={(by) => setCentre(panned(shown, by))}
            onZoom={zoom}
            onChoose={setChosen}
          />
        )}
      </div>
      <div className={styles.tools}>
        <IconButton kind="plain" label={t("map.closer")} onClick={() => zoom(2)}>
          <Plus size={16} />
        </IconButton>
        <IconButton kind="plain" label={t("map.farther")} onClick={() => zoom(0.5)}>
          <Minus size={16} />
        </IconButton>
        <IconButton kind="plain" label={t("map.whole")} onClick={() => setCentre(null)}>
          <Maximize size={16} />
        </IconButton>
      </div>
      {all.data && (
        <p className={styles.note}>
          {t("map.count", { placed: formatNumber(all.data.placed, language) })}
          {all.data.missing > 0 && ` · ${t("map.missing", { missing: formatNumber(all.data.missing, language) })}`}
        </p>
      )}
      {chosen && <SpotPanel entity={entity} id={chosen} view={view} onClose={() => setChosen(null)} />}
    </section>
  );
}
