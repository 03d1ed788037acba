/** A flat map of the globe: projection, zoom, and towns that tell where one is. Pure. */
import type { Box } from "@/api/types";

export interface Centre {
  lat: number;
  lng: number;
  /** Pixels for the whole way round the globe. */
  scale: number;
}

export interface Point {
  x: number;
  y: number;
}

const LIMIT = 85;
const LEAST = 300;
export const MOST = 40_000_000;

function worldY(lat: number): number {
  const bounded = Math.max(-LIMIT, Math.min(LIMIT, lat));
  const sin = Math.sin((bounded * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}

function latOf(y: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

const worldX = (lng: number) => lng / 360 + 0.5;

/** Where a place lies on a picture of this size. */
export function project(place: { lat: number; lng: number }, centre: Centre, size: Point): Point {
  return {
    x: size.x / 2 + (worldX(place.lng) - worldX(centre.lng)) * centre.scale,
    y: size.y / 2 + (worldY(place.lat) - worldY(centre.lat)) * centre.scale,
  };
}

export function unproject(point: Point, centre: Centre, size: Point): { lat: number; lng: number } {
  return {
    lng: (worldX(centre.lng) + (point.x - size.x / 2) / centre.scale - 0.5) * 360,
    lat: latOf(worldY(centre.lat) + (point.y - size.y / 2) / centre.scale),
  };
}

const bounded = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** What is in sight. */
export function boxOf(centre: Centre, size: Point): Box {
  const first = unproject({ x: 0, y: size.y }, centre, size);
  const last = unproject({ x: size.x, y: 0 }, centre, size);
  return [
    bounded(first.lng, -180, 179.9),
    bounded(first.lat, -90, 89.9),
    bounded(last.lng, -179.9, 180),
    bounded(last.lat, -89.9, 90),
  ];
}

/** The picture that shows a whole box with some room around it. */
export function fitted([west, south, east, north]: Box, size: Point): Centre {
  const wide = Math.max(0.02, worldX(east) - worldX(west));
  const high = Math.max(0.02, worldY(south) - worldY(north));
  const scale = bounded(0.8 * Math.min(size.x / wide, size.y / high), LEAST, MOST);
  return { lng: (west + east) / 2, lat: latOf((worldY(south) + worldY(north)) / 2), scale };
}

/** Zooms so that what is under `at` stays there. */
export function zoomed(centre: Centre, factor: number, at: Point, size: Point): Centre {
  const scale = bounded(centre.scale * factor, LEAST, MOST);
  const under = unproject(at, centre, size);
  const x = worldX(under.lng) - (at.x - size.x / 2) / scale;
  const y = worldY(under.lat) - (at.y - size.y / 2) / scale;
  return { lng: (x - 0.5) * 360, lat: latOf(bounded(y, 0, 1)), scale };
}

export function panned(centre: Centre, by: Point): Centre {
  const x = worldX(centre.lng) - by.x / centre.scale;
  const y = worldY(centre.lat) - by.y / centre.scale;
  return { ...centre, lng: bounded((x - 0.5) * 360, -180, 180), lat: latOf(bounded(y, 0.02, 0.98)) };
}

/** Steps of the net of degrees, so that lines are neither crowded nor rare. */
export function netStep(centre: Centre): number {
  const wanted = (110 / centre.scale) * 360;
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 45].find((step) => step >= wanted) ?? 90;
}

/** Seats of the provinces, with their names' keys; `rank` 1 is shown from afar. */
export const TOWNS: readonly { key: string; lat: number; lng: number; rank: 1 | 2 }[] = [
  { key: "beijing", lat: 39.9, lng: 116.41, rank: 1 },
  { key: "shanghai", lat: 31.23, lng: 121.47, rank: 1 },
  { key: "guangzhou", lat: 23.13, lng: 113.26, rank: 1 },
  { key: "chengdu", lat: 30.57, lng: 104.07, rank: 1 },
  { key: "xian", lat: 34.34, lng: 108.94, rank: 1 },
  { key: "wuhan", lat: 30.59, lng: 114.31, rank: 1 },
  { key: "shenyang", lat: 41.8, lng: 123.43, rank: 1 },
  { key: "urumqi", lat: 43.83, lng: 87.62, rank: 1 },
  { key: "lhasa", lat: 29.65, lng: 91.14, rank: 1 },
  { key: "kunming", lat: 24.88, lng: 102.83, rank: 1 },
  { key: "harbin", lat: 45.8, lng: 126.54, rank: 1 },
  { key: "tianjin", lat: 39.08, lng: 117.2, rank: 2 },
  { key: "chongqing", lat: 29.56, lng: 106.55, rank: 2 },
  { key: "shijiazhuang", lat: 38.04, lng: 114.51, rank: 2 },
  { key: "taiyuan", lat: 37.87, lng: 112.55, rank: 2 },
  { key: "hohhot", lat: 40.84, lng: 111.75, rank: 2 },
  { key: "changchun", lat: 43.82, lng: 125.32, rank: 2 },
  { key: "nanjing", lat: 32.06, lng: 118.8, rank: 2 },
  { key: "hangzhou", lat: 30.27, lng: 120.16, rank: 2 },
  { key: "hefei", lat: 31.82, lng: 117.23, rank: 2 },
  { key: "fuzhou", lat: 26.07, lng: 119.3, rank: 2 },
  { key: "nanchang", lat: 28.68, lng: 115.86, rank: 2 },
  { key: "jinan", lat: 36.65, lng: 117.12, rank: 2 },
  { key: "zhengzhou", lat: 34.75, lng: 113.62, rank: 2 },
  { key: "changsha", lat: 28.23, lng: 112.94, rank: 2 },
  { key: "nanning", lat: 22.82, lng: 108.37, rank: 2 },
  { key: "haikou", lat: 20.04, lng: 110.2, rank: 2 },
  { key: "guiyang", lat: 26.65, lng: 106.63, rank: 2 },
  { key: "lanzhou", lat: 36.06, lng: 103.83, rank: 2 },
  { key: "xining", lat: 36.62, lng: 101.78, rank: 2 },
  { key: "yinchuan", lat: 38.49, lng: 106.23, rank: 2 },
  { key: "taipei", lat: 25.03, lng: 121.57, rank: 2 },
  { key: "hongkong", lat: 22.32, lng: 114.17, rank: 2 },
  { key: "macao", lat: 22.2, lng: 113.54, rank: 2 },
];
