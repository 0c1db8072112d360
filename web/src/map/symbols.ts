//! The symbols of points: their shapes, colours and sizes, the same on the map and in the key.

export type Corner = readonly [x: number, y: number];

/** Every shape has an area of one, so that symbols of one size cover the same ground whatever their shape. */
const SQUARE: Corner[] = [
  [-0.5, -0.5],
  [0.5, -0.5],
  [0.5, 0.5],
  [-0.5, 0.5],
];
const DIAMOND: Corner[] = [
  [0, -Math.SQRT1_2],
  [Math.SQRT1_2, 0],
  [0, Math.SQRT1_2],
  [-Math.SQRT1_2, 0],
];
const TRIANGLE: Corner[] = [
  [0, -0.8774],
  [0.7598, 0.4387],
  [-0.7598, 0.4387],
];
const PENNANT: Corner[] = TRIANGLE.map(([x, y]): Corner => [x, -y]);

export interface SiteSymbol {
  status: string;
  label: string;
  colour: string;
  /** Solid for homes that are built or allowed, hollow for those that a plan or register only names. */
  solid: boolean;
  corners: Corner[];
}

/** From the built to the merely possible. The words are those of the server. */
export const SITE_SYMBOLS: SiteSymbol[] = [
  { status: 'completed', label: 'Completed', colour: '#5c3206', solid: true, corners: SQUARE },
  {
    status: 'under-construction',
    label: 'Under construction',
    colour: '#7f3b08',
    solid: true,
    corners: DIAMOND,
  },
  { status: 'permission', label: 'With permission', colour: '#b35806', solid: true, corners: TRIANGLE },
  { status: 'allocation', label: 'Allocated in a plan', colour: '#b35806', solid: false, corners: SQUARE },
  { status: 'potential', label: 'Potential, constrained', colour: '#8a5a1c', solid: false, corners: DIAMOND },
  { status: 'option', label: 'Option in a plan', colour: '#8a5a1c', solid: false, corners: TRIANGLE },
  {
    status: 'register-only',
    label: 'On the brownfield register, no permission',
    colour: '#6b6256',
    solid: false,
    corners: PENNANT,
  },
];

export const PRACTICE = { colour: '#0b5f73', outline: '#ffffff' };

/** Pixels of a practice's radius for the square root of its list: the circle's area follows the list. */
const PRACTICE_RADIUS = 0.068;
const LEAST_PRACTICE = 2.6;
/** Pixels of a site's side for the square root of its dwellings. */
const SITE_SIDE = 0.5;
const LEAST_SITE = 5;

/** How much larger everything is drawn as the map is looked at more closely; between the stops in a straight line. */
export const GROWTH: [zoom: number, factor: number][] = [
  [7, 0.6],
  [9, 0.85],
  [11, 1.1],
  [14, 1.8],
];

export function growthAt(zoom: number): number {
  const [first, last] = [GROWTH[0], GROWTH.at(-1)];
  if (!first || !last || zoom <= first[0]) return first?.[1] ?? 1;
  for (let i = 1; i < GROWTH.length; i += 1) {
    const [a, b] = [GROWTH[i - 1], GROWTH[i]];
    if (a && b && zoom <= b[0]) return a[1] + ((zoom - a[0]) / (b[0] - a[0])) * (b[1] - a[1]);
  }
  return last[1];
}

/** Radius in pixels before `growthAt`. */
export const practiceRadius = (listSize: number): number =>
  Math.max(LEAST_PRACTICE, PRACTICE_RADIUS * Math.sqrt(listSize));

/** Side of the square in pixels before `growthAt`. */
export const siteSide = (dwellings: number): number => Math.max(LEAST_SITE, SITE_SIDE * Math.sqrt(dwellings));

/** Up to so many homes the symbol has its smallest size, for a smaller one could not be seen. */
export const SMALLEST_SITE = (LEAST_SITE / SITE_SIDE) ** 2;

export const SIZES = { PRACTICE_RADIUS, LEAST_PRACTICE, SITE_SIDE, LEAST_SITE };

/**
 * The unit of a shape in the pixels of its image, and the margin that its outline may take. The field reaches eight
 * pixels of the image: were the unit larger, the outline of a small symbol would run into the image's edge.
 */
export const SHAPE_UNIT = 10;
const MARGIN = 10;
/** What the map's shader expects of a distance field: the edge at three quarters, eight pixels from full to nothing. */
const FIELD_REACH = 8;
const FIELD_EDGE = 0.25;

/** Signed distance to a polygon, negative inside. */
function distance(x: number, y: number, corners: Corner[]): number {
  let nearest = Number.POSITIVE_INFINITY;
  let inside = false;
  for (let i = 0, j = corners.length - 1; i < corners.length; j = i, i += 1) {
    const [ax, ay] = corners[j] ?? [0, 0];
    const [bx, by] = corners[i] ?? [0, 0];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    const [dx, dy] = [bx - ax, by - ay];
    const along = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
    nearest = Math.min(nearest, Math.hypot(x - ax - along * dx, y - ay - along * dy));
  }
  return inside ? -nearest : nearest;
}

interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A shape as a distance field, which the map can draw sharply at any size, with an outline of any width. */
export function field(corners: Corner[]): Picture {
  const size = 2 * (MARGIN + SHAPE_UNIT);
  const data = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      const x = (column + 0.5 - size / 2) / SHAPE_UNIT;
      const y = (row + 0.5 - size / 2) / SHAPE_UNIT;
      const away = distance(x, y, corners) * SHAPE_UNIT;
      const value = 255 * (1 - (away / FIELD_REACH + FIELD_EDGE));
      data[(row * size + column) * 4 + 3] = Math.max(0, Math.min(255, Math.round(value)));
    }
  }
  return { width: size, height: size, data };
}

export const HOSPITAL_INK = '#1d2a35';
/** Pixels of the square, its white edge included, at a pixel ratio of two. */
const HOSPITAL = 40;

/** A white cross in a dark square with a white edge: nobody's emblem. */
export function hospitalPicture(): Picture {
  const size = HOSPITAL;
  const data = new Uint8Array(size * size * 4);
  const edge = 3;
  const [arm, thick] = [11, 4];
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const [dx, dy] = [Math.abs(x + 0.5 - size / 2), Math.abs(y + 0.5 - size / 2)];
      const onEdge = dx > size / 2 - edge || dy > size / 2 - edge;
      const onCross = (dx < arm && dy < thick) || (dy < arm && dx < thick);
      data.set(onEdge || onCross ? [255, 255, 255, 255] : [29, 42, 53, 255], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** The corners as the `points` of an SVG polygon, for the key. */
export const svgPoints = (corners: Corner[], side: number): string =>
  corners.map(([x, y]) => `${(x * side).toFixed(2)},${(y * side).toFixed(2)}`).join(' ');
