//! Circles on the ground, as the drawing tool and the map need them.
import type { Position } from './wkt';

const EARTH_METRES = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;
const degrees = (angle: number) => (angle * 180) / Math.PI;

/** Metres along a great circle. */
export function metresBetween([lonA, latA]: Position, [lonB, latB]: Position): number {
  const [a, b] = [radians(latA), radians(latB)];
  const h = Math.sin((b - a) / 2) ** 2 + Math.cos(a) * Math.cos(b) * Math.sin(radians(lonB - lonA) / 2) ** 2;
  return 2 * EARTH_METRES * Math.asin(Math.sqrt(h));
}

/** A closed ring of `sides` corners around a point. */
export function circleRing([lon, lat]: Position, metres: number, sides = 64): Position[] {
  const [away, from] = [metres / EARTH_METRES, radians(lat)];
  const ring = Array.from({ length: sides }, (_, i): Position => {
    const bearing = (2 * Math.PI * i) / sides;
    const to = Math.asin(
      Math.sin(from) * Math.cos(away) + Math.cos(from) * Math.sin(away) * Math.cos(bearing),
    );
    const turn = Math.atan2(
      Math.sin(bearing) * Math.sin(away) * Math.cos(from),
      Math.cos(away) - Math.sin(from) * Math.sin(to),
    );
    return [lon + degrees(turn), degrees(to)];
  });
  const [first] = ring;
  return first ? [...ring, first] : ring;
}

/** The middle and radius of a ring that was drawn as a circle. */
export function circleOf(ring: Position[]): { centre: Position; metres: number } {
  const corners = ring.slice(0, -1);
  let [x, y, z] = [0, 0, 0];
  for (const [lon, lat] of corners) {
    x += Math.cos(radians(lat)) * Math.cos(radians(lon));
    y += Math.cos(radians(lat)) * Math.sin(radians(lon));
    z += Math.sin(radians(lat));
  }
  const centre: Position = [degrees(Math.atan2(y, x)), degrees(Math.atan2(z, Math.hypot(x, y)))];
  const metres =
    corners.reduce((sum, corner) => sum + metresBetween(centre, corner), 0) / (corners.length || 1);
  return { centre, metres };
}
