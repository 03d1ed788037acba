import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Spot } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { formatShort } from "@/model/format";
import { around, placeNames } from "@/model/names";
import { boxOf, type Centre, netStep, type Point, project, TOWNS } from "@/model/places";
import { colourVariables } from "@/ui/surfaces";
import styles from "./RecordMap.module.css";

interface PictureProps {
  centre: Centre;
  size: Point;
  spots: Spot[];
  /** The colour of what the records of a spot have in common; none: the map's own. */
  colourOf: (value: string | null) => string | null;
  chosen: string | null;
  onMove: (by: Point) => void;
  onZoom: (factor: number, at?: Point) => void;
  onChoose: (id: string | null) => void;
}

const STEP = 80;
const TOWNS_FROM = 7_000;
/** Where the net's degrees, the note and the buttons stand. */
const EDGES = { left: 46, bottom: 20, note: { x: 250, y: 44 }, tools: { x: 56, y: 124 } };

/** Lines of whole degrees, so that distances can be judged. */
function Net({ centre, size }: Pick<PictureProps, "centre" | "size">) {
  const step = netStep(centre);
  const [west, south, east, north] = boxOf(centre, size);
  const count = (from: number, to: number) => Math.max(0, Math.floor(to / step) - Math.ceil(from / step) + 1);
  const across = Array.from({ length: count(west, east) }, (_, at) => (Math.ceil(west / step) + at) * step);
  const up = Array.from({ length: count(south, north) }, (_, at) => (Math.ceil(south / step) + at) * step);
  const text = (degree: number, sides: [string, string]) =>
    `${Math.abs(Number(degree.toFixed(2)))}°${degree < 0 ? sides[1] : sides[0]}`;
  return (
    <g className={styles.net}>
      {across.map((lng) => {
        const { x } = project({ lat: 0, lng }, centre, size);
        return (
          <g key={lng}>
            <line x1={x} x2={x} y1={0} y2={size.y} />
            <text x={x + 3} y={size.y - 5}>
              {text(lng, ["E", "W"])}
            </text>
          </g>
        );
      })}
      {up.map((lat) => {
        const { y } = project({ lat, lng: 0 }, centre, size);
        return (
          <g key={lat}>
            <line x1={0} x2={size.x} y1={y} y2={y} />
            {y < size.y - EDGES.bottom && (
              <text x={4} y={y - 3}>
                {text(lat, ["N", "S"])}
              </text>
            )}
          </g>
        );
      })}
    </g>
  );
}

const radius = (count: number) => (count === 1 ? 7 : Math.min(30, 11 + 4 * Math.log10(count)));

/** Towns that tell where one is; their names keep off each other, the records and the edges. */
function Towns({ centre, size, spots }: Pick<PictureProps, "centre" | "size" | "spots">) {
  const { t } = useTranslation("views");
  const towns = TOWNS.filter((town) => town.rank === 1 || centre.scale > TOWNS_FROM)
    .map((town) => ({
      key: town.key,
      text: t(`towns.${town.key}` as "towns.beijing"),
      at: project(town, centre, size),
    }))
    .filter(({ at }) => at.x >= 0 && at.y >= 0 && at.x <= size.x && at.y <= size.y);
  const taken = spots.map((spot) => around(project(spot, centre, size), radius(spot.count) + 2));
  const names = placeNames(
    towns,
    [EDGES.left, 0, size.x, size.y - EDGES.bottom],
    [...taken, [0, 0, EDGES.note.x, EDGES.note.y], [size.x - EDGES.tools.x, 0, size.x, EDGES.tools.y]],
  );
  return (
    <g className={styles.towns}>
      {names.map(({ key, at }) => (
        <rect key={key} x={at.x - 2} y={at.y - 2} width={4} height={4} />
      ))}
      {names.map(({ key, text, from }) => (
        <text key={key} x={from.x} y={from.y}>
          {text}
        </text>
      ))}
    </g>
  );
}

/** The drawn map: moved by hand or arrows, zoomed by wheel, plus and minus. */
export function MapPicture({ centre, size, spots, colourOf, chosen, onMove, onZoom, onChoose }: PictureProps) {
  const { t } = useTranslation("views");
  const language = useLanguage();
  const svg = useRef<SVGSVGElement>(null);
  const held = useRef<Point | null>(null);
  const zoom = useRef(onZoom);
  zoom.current = onZoom;
  useEffect(() => {
    const element = svg.current;
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      zoom.current(event.deltaY < 0 ? 1.25 : 0.8, { x: event.offsetX, y: event.offsetY });
    };
    element?.addEventListener("wheel", onWheel, { passive: false });
    return () => element?.removeEventListener("wheel", onWheel);
  }, []);
  const drag = (event: PointerEvent) => {
    const from = held.current;
    if (!from) return;
    held.current = { x: event.clientX, y: event.clientY };
    onMove({ x: event.clientX - from.x, y: event.clientY - from.y });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, () => void> = {
      ArrowLeft: () => onMove({ x: STEP, y: 0 }),
      ArrowRight: () => onMove({ x: -STEP, y: 0 }),
      ArrowUp: () => onMove({ x: 0, y: STEP }),
      ArrowDown: () => onMove({ x: 0, y: -STEP }),
      "+": () => onZoom(2),
      "=": () => onZoom(2),
      "-": () => onZoom(0.5),
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    move();
  };
  const press = (spot: Spot) => {
    if (spot.id) onChoose(spot.id);
    else onZoom(3, project(spot, centre, size));
  };
  return (
    <svg
      ref={svg}
      className={styles.picture}
      width={size.x}
      height={size.y}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the map
      tabIndex={0}
      aria-label={t("map.keys")}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if ((event.target as Element).closest("[role=button]")) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { x: event.clientX, y: event.clientY };
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        held.current = null;
      }}
    >
      <Net centre={centre} size={size} />
      <Towns centre={centre} size={size} spots={spots} />
      {spots.map((spot) => {
        const { x, y } = project(spot, centre, size);
        const colour = colourOf(spot.value);
        const label = spot.count === 1 ? t("map.one") : t("map.many", { count: spot.count });
        return (
          // biome-ignore lint/a11y/useSemanticElements: a button inside a drawing
          <g
            key={spot.id ?? `${spot.lat},${spot.lng}`}
            role="button"
            tabIndex={0}
            aria-label={label}
            className={styles.spot}
            data-chosen={spot.id !== null && spot.id === chosen}
            data-single={spot.count === 1}
            data-coloured={colour !== null}
            style={colour ? colourVariables(colour) : undefined}
            transform={`translate(${x} ${y})`}
            onClick={() => press(spot)}
            onKeyDown={(event) => {
              if (event.key !== "Enter" && event.key !== " ") return;
              event.preventDefault();
              event.stopPropagation();
              press(spot);
            }}
          >
            <title>{label}</title>
            <circle r={Math.max(14, radius(spot.count))} className={styles.reach} />
            <circle r={radius(spot.count)} />
            {spot.count > 1 && <text dy="0.35em">{formatShort(spot.count, language)}</text>}
          </g>
        );
      })}
    </svg>
  );
}
