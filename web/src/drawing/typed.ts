//! What people type for a place, a radius or the corners of a polygon.
import { BRITAIN, bad, type Drawn, drawnFrom, good, inBritain, type Outcome } from './result';
import { crosses, type Position, readWkt, tidyRing } from './wkt';

const NUMBERS = /[-+\u2212]?\d+(?:\.\d+)?/g;

const numbersIn = (text: string): number[] =>
  (text.match(NUMBERS) ?? []).map((each) => Number(each.replace('\u2212', '-')));

/** Longitude first, as in files, or latitude first, as on phones: in Britain only one of the two can be meant. */
function ordered(pairs: Position[]): Outcome<Position[]> {
  if (pairs.every(([a, b]) => inBritain(a, b))) return good(pairs);
  if (pairs.every(([a, b]) => inBritain(b, a))) return good(pairs.map(([a, b]) => [b, a]));
  const odd = pairs.find(([a, b]) => !inBritain(a, b) && !inBritain(b, a));
  if (!odd)
    return bad(
      'Some corners have the longitude first and others the latitude; write all of them the same way.',
    );
  const [a, b] = odd;
  if (Math.abs(a) > 180 || Math.abs(b) > 180)
    return bad(
      `“${a} ${b}” are not degrees. Grid references in metres have to be turned into longitude and latitude first.`,
    );
  return bad(
    `“${a} ${b}” is outside Great Britain (longitude ${BRITAIN.west} to ${BRITAIN.east}, latitude ${BRITAIN.south} to ${BRITAIN.north}).`,
  );
}

/** `null` when the text is no pair of numbers, and so perhaps the name of a place. */
export function typedPoint(text: string): Outcome<Position> | null {
  if (/[a-z]/i.test(text.replace(/[°NnWwEe\s,;]/g, ''))) return null;
  const numbers = numbersIn(text);
  const [a, b] = numbers;
  if (numbers.length !== 2 || a === undefined || b === undefined) return null;
  // "52.75 N, 0.9 W" as some gazetteers print it.
  const west = /\d\s*°?\s*w\b/i.test(text) ? -1 : 1;
  const pair: Position =
    Math.abs(a) > Math.abs(b)
      ? [a, Math.abs(b) * (b < 0 ? -1 : west)]
      : [Math.abs(a) * (a < 0 ? -1 : west), b];
  const found = ordered([pair]);
  if (!found.ok) return found;
  const [point] = found.value;
  return point ? good(point) : null;
}

const METRES: Record<string, number> = {
  '': 1000,
  km: 1000,
  kilometre: 1000,
  kilometres: 1000,
  m: 1,
  metre: 1,
  metres: 1,
  mile: 1609.344,
  miles: 1609.344,
  mi: 1609.344,
};

export const RADIUS = { least: 100, most: 100_000 };

/** "3 km", "3", "2 miles", "800 m". A number alone is kilometres below 100, and metres from there on. */
export function typedRadius(text: string): Outcome<number> {
  const parts = /^\s*(\d+(?:[.,]\d+)?)\s*([a-z]*)\.?\s*$/i.exec(text);
  const factor = METRES[parts?.[2]?.toLowerCase() ?? '?'];
  if (!parts?.[1] || factor === undefined)
    return bad(`“${text.trim()}” is not a distance. Write, for example, 3 km, 800 m or 2 miles.`);
  const value = Number(parts[1].replace(',', '.'));
  const metres = Math.round(parts[2] === '' && value >= 100 ? value : value * factor);
  if (metres < RADIUS.least || metres > RADIUS.most)
    return bad('The radius has to be between 100 metres and 100 kilometres.');
  return good(metres);
}

/** Corners as pairs of numbers, however they are separated, or well-known text. */
export function typedPolygon(text: string): Outcome<Drawn> {
  if (text.trim() === '') return bad('Type the corners of the polygon first.');
  if (/polygon/i.test(text)) {
    const polygons = readWkt(text);
    if (!polygons)
      return bad(
        'This text begins like POLYGON or MULTIPOLYGON but cannot be read as one. Check its brackets and commas.',
      );
    const placed = ordered(polygons.flat(2));
    if (!placed.ok) return placed;
    const turned = placed.value[0]?.[0] !== polygons[0]?.[0]?.[0]?.[0];
    return drawnFrom(
      turned ? polygons.map((rings) => rings.map((ring) => ring.map(([lat, lon]) => [lon, lat]))) : polygons,
    );
  }
  const stray = text.replace(NUMBERS, ' ').replace(/[\s,;()[\]°]/g, '');
  if (stray !== '')
    return bad(`“${stray.slice(0, 20)}” is not a number. Write the corners as numbers of degrees.`);
  const numbers = numbersIn(text);
  if (numbers.length % 2 === 1)
    return bad(`These are ${numbers.length} numbers; every corner needs two, a longitude and a latitude.`);
  const pairs: Position[] = [];
  for (let i = 0; i < numbers.length; i += 2) pairs.push([numbers[i] ?? 0, numbers[i + 1] ?? 0]);
  if (pairs.length < 3) return bad(`A polygon needs at least three corners; these are ${pairs.length}.`);
  const placed = ordered(pairs);
  if (!placed.ok) return placed;
  const ring = tidyRing(placed.value);
  if (ring && crosses(ring))
    return bad(
      'The sides of this polygon cross each other. Give its corners in the order in which a walk round it meets them.',
    );
  return drawnFrom([[placed.value]]);
}
