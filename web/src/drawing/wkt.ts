//! Polygons as well-known text, and what can be said of their rings without a map.

export type Position = [lon: number, lat: number];
/** Closed: the last position repeats the first. */
export type Ring = Position[];
/** The outer ring first, then its holes. */
export type Polygon = Ring[];

/** Five decimals of a degree are about a metre, finer than anyone draws. */
const DECIMALS = 5;
const rounded = (value: number): number => Number(value.toFixed(DECIMALS));

const same = (a: Position | undefined, b: Position | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** The ring rounded and closed, without positions that rounding made equal; `null` when no surface is left. */
export function tidyRing(ring: readonly (readonly number[])[]): Ring | null {
  const tidy: Ring = [];
  for (const [lon = 0, lat = 0] of ring) {
    const next: Position = [rounded(lon), rounded(lat)];
    if (!same(tidy.at(-1), next)) tidy.push(next);
  }
  while (tidy.length > 1 && same(tidy[0], tidy.at(-1))) tidy.pop();
  const [first] = tidy;
  if (!first || tidy.length < 3 || Math.abs(twiceArea(tidy)) < 1e-12) return null;
  return [...tidy, first];
}

/** Twice the signed area of a ring, in square degrees. */
function twiceArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[ax, ay], [bx, by]] = [ring[j] ?? [0, 0], ring[i] ?? [0, 0]];
    sum += ax * by - bx * ay;
  }
  return sum;
}

/** Polygons with tidy rings; holes that rounding closed are left out, and parts without a surface. */
export function tidy(polygons: readonly (readonly (readonly (readonly number[])[])[])[]): Polygon[] {
  return polygons.flatMap((polygon) => {
    const [outer, ...holes] = polygon.map(tidyRing);
    return outer ? [[outer, ...holes.filter((hole) => hole !== null)]] : [];
  });
}

const ringText = (ring: Ring): string => `(${ring.map(([lon, lat]) => `${lon} ${lat}`).join(',')})`;
const polygonText = (polygon: Polygon): string => `(${polygon.map(ringText).join(',')})`;

/** `POLYGON((…))`, or `MULTIPOLYGON(…)` where there are several parts. */
export function writeWkt(polygons: Polygon[]): string {
  const [only] = polygons;
  if (polygons.length === 1 && only) return `POLYGON${polygonText(only)}`;
  return `MULTIPOLYGON(${polygons.map(polygonText).join(',')})`;
}

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** Reads POLYGON and MULTIPOLYGON with two ordinates; `null` for anything else. */
export function readWkt(text: string): Polygon[] | null {
  const parts = /^\s*(MULTI)?POLYGON\s*(\(.*\))\s*$/is.exec(text);
  if (!parts?.[2]) return null;
  const tokens = parts[2].match(/[(),]|[^\s(),]+/g) ?? [];
  let at = 0;
  const take = (token: string): boolean => {
    if (tokens[at] !== token) return false;
    at += 1;
    return true;
  };
  const several = <T>(one: () => T | null): T[] | null => {
    if (!take('(')) return null;
    const all: T[] = [];
    do {
      const next = one();
      if (next === null) return null;
      all.push(next);
    } while (take(','));
    return take(')') ? all : null;
  };
  const position = (): Position | null => {
    const [lon, lat] = [tokens[at], tokens[at + 1]];
    if (!lon || !lat || !NUMBER.test(lon) || !NUMBER.test(lat)) return null;
    at += 2;
    return [Number(lon), Number(lat)];
  };
  const polygon = () => several(() => several(position));
  const one = parts[1] ? null : polygon();
  const polygons = parts[1] ? several(polygon) : one && [one];
  return polygons && at === tokens.length ? polygons : null;
}

export function toGeometry(polygons: Polygon[]): GeoJSON.Polygon | GeoJSON.MultiPolygon {
  const [only] = polygons;
  return polygons.length === 1 && only
    ? { type: 'Polygon', coordinates: only }
    : { type: 'MultiPolygon', coordinates: polygons };
}

export const cornersOf = (polygons: Polygon[]): number =>
  polygons.reduce((sum, rings) => sum + rings.reduce((corners, ring) => corners + ring.length - 1, 0), 0);

const turn = (a: Position, b: Position, c: Position): number =>
  Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));

/** Whether two sides of one ring cross; meant for shapes drawn or typed by hand, for it compares all pairs. */
export function crosses(ring: Ring): boolean {
  const sides = ring.length - 1;
  for (let i = 0; i < sides; i += 1) {
    for (let j = i + 2; j < sides; j += 1) {
      if (i === 0 && j === sides - 1) continue;
      const [a, b, c, d] = [ring[i], ring[i + 1], ring[j], ring[j + 1]];
      if (!a || !b || !c || !d) continue;
      if (turn(a, b, c) !== turn(a, b, d) && turn(c, d, a) !== turn(c, d, b)) return true;
    }
  }
  return false;
}
