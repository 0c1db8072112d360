//! A shape with more corners than a link can carry is drawn with fewer, and how far its edge may move is said.
import { number } from '../format';
import { LONGEST_WKT } from './result';
import { cornersOf, type Polygon, type Position, type Ring, writeWkt } from './wkt';

const METRES_A_DEGREE = 111_320;

/** How far a point lies from the line between two others, in metres; exact enough for shapes within a county. */
function distance([x, y]: Position, [ax, ay]: Position, [bx, by]: Position): number {
  const across = METRES_A_DEGREE * Math.cos((y * Math.PI) / 180);
  const [px, py] = [(x - ax) * across, (y - ay) * METRES_A_DEGREE];
  const [dx, dy] = [(bx - ax) * across, (by - ay) * METRES_A_DEGREE];
  const length = dx * dx + dy * dy;
  const at = length === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length));
  return Math.hypot(px - at * dx, py - at * dy);
}

/** Douglas and Peucker's way: a corner stays when leaving it out would move the edge by more than the tolerance. */
function kept(points: Position[], metres: number): Position[] {
  const keep = new Set([0, points.length - 1]);
  const open: [number, number][] = [[0, points.length - 1]];
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    let far = 0;
    let at = -1;
    for (let index = from + 1; index < to; index += 1) {
      const away = distance(points[index] as Position, points[from] as Position, points[to] as Position);
      if (away > far) [far, at] = [away, index];
    }
    if (at < 0 || far <= metres) continue;
    keep.add(at);
    open.push([from, at], [at, to]);
  }
  return points.filter((_, index) => keep.has(index));
}

/** A ring is cut at its farthest corner, so that both halves have ends that stay. */
function ring(points: Ring, metres: number): Ring {
  const first = points[0] as Position;
  let at = 0;
  let far = 0;
  points.forEach((point, index) => {
    const away = distance(point, first, first);
    if (away > far) [far, at] = [away, index];
  });
  return [...kept(points.slice(0, at + 1), metres).slice(0, -1), ...kept(points.slice(at), metres)];
}

export function shortened(
  geometry: GeoJSON.Polygon | GeoJSON.MultiPolygon,
  longest = LONGEST_WKT,
): { wkt: string; words: string } {
  const whole = (geometry.type === 'Polygon'
    ? [geometry.coordinates]
    : geometry.coordinates) as unknown as Polygon[];
  for (let metres = 1; ; metres *= 1.5) {
    const shape = whole
      .map((rings) => rings.map((each) => ring(each, metres)).filter((each) => each.length >= 4))
      // Parts and holes smaller than the tolerance vanish.
      .filter((rings) => rings.length > 0);
    const wkt = writeWkt(shape);
    if ((wkt.length <= longest && shape.length > 0) || metres > METRES_A_DEGREE)
      return {
        wkt,
        words: `The shape has ${number(cornersOf(whole))} corners, more than a link can carry. It is drawn with ${number(cornersOf(shape))}; its edge moves by at most ${number(Math.ceil(metres))} metres.`,
      };
  }
}
