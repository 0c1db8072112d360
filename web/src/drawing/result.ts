//! What drawing, typing or uploading ends in: something for the link, or something too long for it.
import type { Shape } from '../map/overlay';
import { cornersOf, type Polygon, tidy, toGeometry, writeWkt } from './wkt';

/** Longer addresses are cut by some mail programs and refused by some servers. */
export const LONGEST_WKT = 6000;
export const MOST_CORNERS = 10_000;

export type Drawn =
  | Shape
  /** A polygon whose text would make the link too long: it is simplified, or goes to `POST /api/catchments`. */
  | {
      kind: 'too-long';
      geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon;
      /** How long the text would have been, in characters. */
      characters: number;
      words: string;
    };

export type Outcome<T> = { ok: true; value: T } | { ok: false; words: string };

export const good = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const bad = (words: string): { ok: false; words: string } => ({ ok: false, words });

/** Degrees around Great Britain with its islands, generously. */
export const BRITAIN = { west: -9.5, south: 49, east: 3, north: 61.5 };

export const inBritain = (lon: number, lat: number): boolean =>
  lon >= BRITAIN.west && lon <= BRITAIN.east && lat >= BRITAIN.south && lat <= BRITAIN.north;

/** Makes a result of polygons, or says why there is none. */
export function drawnFrom(
  polygons: readonly (readonly (readonly (readonly number[])[])[])[],
): Outcome<Drawn> {
  const shape: Polygon[] = tidy(polygons);
  if (shape.length === 0) return bad('The shape has no surface: its corners lie on one line or on one spot.');
  const corners = cornersOf(shape);
  if (corners > MOST_CORNERS)
    return bad(
      `The shape has ${corners.toLocaleString('en-GB')} corners; at most ${MOST_CORNERS.toLocaleString('en-GB')} can be used. Simplify it first.`,
    );
  const wkt = writeWkt(shape);
  if (wkt.length <= LONGEST_WKT) return good({ kind: 'polygon', wkt });
  return good({
    kind: 'too-long',
    geometry: toGeometry(shape),
    characters: wkt.length,
    words: `The shape has ${corners.toLocaleString('en-GB')} corners, too many for a link. The figures are worked out all the same, but the link will not carry the shape: keep the file.`,
  });
}
