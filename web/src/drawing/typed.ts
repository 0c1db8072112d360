//! What people type for the corners of a polygon.
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
