//! Reads a GeoJSON file in the browser: its polygons, or in words why there are none.
import { BRITAIN, bad, type Drawn, drawnFrom, inBritain, MOST_CORNERS, type Outcome } from './result';

export const LARGEST_FILE = 2_000_000;

type Ring = number[][];
type Polygon = Ring[];

interface Found {
  polygons: Polygon[];
  /** Kinds of geometry that are not used, with how many there were. */
  others: Map<string, number>;
  fault: string | null;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isRing(value: unknown): value is Ring {
  return (
    Array.isArray(value) &&
    value.every(
      (each) =>
        Array.isArray(each) && each.length >= 2 && Number.isFinite(each[0]) && Number.isFinite(each[1]),
    )
  );
}

const isPolygon = (value: unknown): value is Polygon =>
  Array.isArray(value) && value.length > 0 && value.every(isRing);

/** Nested collections of collections are legal; ones nested deeper than this are somebody's joke. */
const DEEPEST = 8;

function gather(value: unknown, found: Found, depth: number): void {
  if (found.fault || !isObject(value) || depth > DEEPEST) return;
  const { type } = value;
  if (type === 'FeatureCollection' && Array.isArray(value.features)) {
    for (const each of value.features) gather(each, found, depth + 1);
  } else if (type === 'GeometryCollection' && Array.isArray(value.geometries)) {
    for (const each of value.geometries) gather(each, found, depth + 1);
  } else if (type === 'Feature') {
    gather(value.geometry, found, depth + 1);
  } else if (type === 'Polygon' || type === 'MultiPolygon') {
    const parts: unknown = type === 'Polygon' ? [value.coordinates] : value.coordinates;
    if (Array.isArray(parts) && parts.every(isPolygon)) found.polygons.push(...parts);
    else found.fault = `A ${type} in the file has coordinates that are not lists of number pairs.`;
  } else if (typeof type === 'string') {
    found.others.set(type, (found.others.get(type) ?? 0) + 1);
  }
}

/** Where a position is wrong, and how; nothing when all are degrees in Great Britain. */
function misplaced(polygons: Polygon[]): string | null {
  let swapped = true;
  let first: number[] | null = null;
  for (const ring of polygons.flat()) {
    for (const position of ring) {
      const [lon = 0, lat = 0] = position;
      if (!inBritain(lon, lat)) first ??= position;
      if (!inBritain(lat, lon)) swapped = false;
    }
  }
  if (!first) return null;
  const [lon = 0, lat = 0] = first;
  const shown = `${lon}, ${lat}`;
  if (swapped)
    return `The coordinates (${shown}) have the latitude first. GeoJSON wants the longitude first: export the file again.`;
  if (Math.abs(lon) > 180 || Math.abs(lat) > 90)
    return `The coordinates (${shown}) are not degrees; they look like a grid in metres. Export the file in WGS 84 (EPSG:4326).`;
  return `The position ${shown} is outside Great Britain (longitude ${BRITAIN.west} to ${BRITAIN.east}, latitude ${BRITAIN.south} to ${BRITAIN.north}).`;
}

/** Several features become one shape of several parts. */
export function shapeFromText(text: string): Outcome<Drawn> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const hint = /^\s*</.test(text) ? ' It looks like XML, perhaps KML or GPX: save it as GeoJSON.' : '';
    const where = /position \d+|line \d+ column \d+/.exec(cause instanceof Error ? cause.message : '')?.[0];
    return bad(`The file is not JSON${where ? ` (something is wrong at ${where})` : ''}.${hint}`);
  }
  const found: Found = { polygons: [], others: new Map(), fault: null };
  gather(json, found, 0);
  if (found.fault) return bad(found.fault);
  if (found.polygons.length === 0) {
    const held = [...found.others].map(([type, count]) => `${count} ${type}`).join(', ');
    return bad(
      held
        ? `There is no polygon in the file; it holds ${held}.`
        : 'There is no polygon in the file. A GeoJSON Polygon, MultiPolygon, Feature or FeatureCollection is needed.',
    );
  }
  const corners = found.polygons.flat().reduce((sum, ring) => sum + Math.max(0, ring.length - 1), 0);
  if (corners > MOST_CORNERS)
    return bad(
      `The shape has ${corners.toLocaleString('en-GB')} corners; at most ${MOST_CORNERS.toLocaleString('en-GB')} can be used. Simplify it first.`,
    );
  const fault = misplaced(found.polygons);
  if (fault) return bad(fault);
  return drawnFrom(found.polygons);
}

export async function shapeFromFile(file: Blob): Promise<Outcome<Drawn>> {
  if (file.size > LARGEST_FILE)
    return bad(
      `The file has ${(file.size / 1_000_000).toFixed(1)} MB; at most ${LARGEST_FILE / 1_000_000} MB are read. Leave out what is not needed, or simplify the shape.`,
    );
  if (file.size === 0) return bad('The file is empty.');
  try {
    return shapeFromText(await file.text());
  } catch {
    return bad('The browser could not read the file. Choose it again.');
  }
}
