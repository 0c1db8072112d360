//! Where the name of an area stands: the point inside it farthest from its edge, from the pieces that tiles hold.

type Ring = number[][];
type Polygon = Ring[];

export function polygonsOf(geometry: GeoJSON.Geometry): Polygon[] {
  if (geometry.type === 'Polygon') return [geometry.coordinates];
  return geometry.type === 'MultiPolygon' ? geometry.coordinates : [];
}

function sizeOf(ring: Ring): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [ax = 0, ay = 0] = ring[j] ?? [];
    const [bx = 0, by = 0] = ring[i] ?? [];
    sum += ax * by - bx * ay;
  }
  return Math.abs(sum / 2);
}

/** Area in square degrees: only ever compared with that of the same place seen before. */
export const extentOf = (polygons: Polygon[]): number =>
  polygons.reduce((sum, polygon) => sum + sizeOf(polygon[0] ?? []), 0);

/**
 * Distance to the nearest edge of all pieces together, positive inside any of them. Edges that run exactly along a
 * meridian or parallel are where a tile cut the area, not where it ends. Longitudes are shrunk by `squeeze`, so that
 * both axes measure alike.
 */
function depth(x: number, y: number, polygons: Polygon[], squeeze: number): number {
  let insideAny = false;
  let nearest = Number.POSITIVE_INFINITY;
  for (const polygon of polygons) {
    let inside = false;
    for (const ring of polygon) {
      for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
        const [ax = 0, ay = 0] = ring[j] ?? [];
        const [bx = 0, by = 0] = ring[i] ?? [];
        if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
        if (ax === bx || ay === by) continue;
        const dx = (bx - ax) * squeeze;
        const dy = by - ay;
        const along = ((x - ax) * squeeze * dx + (y - ay) * dy) / (dx * dx + dy * dy);
        const t = Math.max(0, Math.min(1, along));
        const ox = (x - ax) * squeeze - t * dx;
        const oy = y - ay - t * dy;
        nearest = Math.min(nearest, ox * ox + oy * oy);
      }
    }
    insideAny ||= inside;
  }
  return (insideAny ? 1 : -1) * Math.sqrt(nearest);
}

function boxOf(polygons: Polygon[]): [number, number, number, number] | null {
  let [west, south] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let [east, north] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const polygon of polygons) {
    for (const [x = 0, y = 0] of polygon[0] ?? []) {
      west = Math.min(west, x);
      east = Math.max(east, x);
      south = Math.min(south, y);
      north = Math.max(north, y);
    }
  }
  return west <= east ? [west, south, east, north] : null;
}

const GRID = 14;

/** Searches a coarse grid, then a finer one round its best point; near enough for a name. */
export function labelPoint(polygons: Polygon[]): [number, number] | null {
  const box = boxOf(polygons);
  if (!box) return null;
  let [west, south, east, north] = box;
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  let best = { x: (west + east) / 2, y: (south + north) / 2, depth: Number.NEGATIVE_INFINITY };
  best.depth = depth(best.x, best.y, polygons, squeeze);
  for (let round = 0; round < 2; round += 1) {
    const [stepX, stepY] = [(east - west) / GRID, (north - south) / GRID];
    for (let i = 0; i <= GRID; i += 1) {
      for (let j = 0; j <= GRID; j += 1) {
        const [x, y] = [west + i * stepX, south + j * stepY];
        const here = depth(x, y, polygons, squeeze);
        if (here > best.depth) best = { x, y, depth: here };
      }
    }
    [west, east] = [best.x - stepX, best.x + stepX];
    [south, north] = [best.y - stepY, best.y + stepY];
  }
  return [best.x, best.y];
}
