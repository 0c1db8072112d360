//! Where the name of a polygon stands: the point inside its largest part that is farthest from the edge.

type Ring = number[][];

function signedArea(ring: Ring): number {
  let sum = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [ax = 0, ay = 0] = ring[j] ?? [];
    const [bx = 0, by = 0] = ring[i] ?? [];
    sum += ax * by - bx * ay;
  }
  return sum / 2;
}

/** Distance to the nearest edge, positive inside. Longitudes are shrunk by `squeeze` so that both axes measure alike. */
function depth(x: number, y: number, rings: Ring[], squeeze: number): number {
  let inside = false;
  let nearest = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [ax = 0, ay = 0] = ring[j] ?? [];
      const [bx = 0, by = 0] = ring[i] ?? [];
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      const dx = (bx - ax) * squeeze;
      const dy = by - ay;
      const length = dx * dx + dy * dy;
      const along = length === 0 ? 0 : ((x - ax) * squeeze * dx + (y - ay) * dy) / length;
      const t = Math.max(0, Math.min(1, along));
      const ox = (x - ax) * squeeze - t * dx;
      const oy = y - ay - t * dy;
      nearest = Math.min(nearest, ox * ox + oy * oy);
    }
  }
  return (inside ? 1 : -1) * Math.sqrt(nearest);
}

const GRID = 20;

/** Searches a coarse grid, then a finer one round its best point; near enough for a name. */
export function labelPoint(geometry: GeoJSON.Geometry | null): [number, number] | null {
  if (!geometry) return null;
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : [];
  const largest = polygons
    .filter((rings) => (rings[0]?.length ?? 0) > 3)
    .sort((a, b) => Math.abs(signedArea(b[0] ?? [])) - Math.abs(signedArea(a[0] ?? [])))[0];
  if (!largest?.[0]) return null;
  const xs = largest[0].map((point) => point[0] ?? 0);
  const ys = largest[0].map((point) => point[1] ?? 0);
  let [west, east] = [Math.min(...xs), Math.max(...xs)];
  let [south, north] = [Math.min(...ys), Math.max(...ys)];
  const squeeze = Math.cos((((south + north) / 2) * Math.PI) / 180);
  let best = { x: (west + east) / 2, y: (south + north) / 2, depth: Number.NEGATIVE_INFINITY };
  for (let round = 0; round < 2; round += 1) {
    const [stepX, stepY] = [(east - west) / GRID, (north - south) / GRID];
    for (let i = 0; i <= GRID; i += 1) {
      for (let j = 0; j <= GRID; j += 1) {
        const [x, y] = [west + i * stepX, south + j * stepY];
        const here = depth(x, y, largest, squeeze);
        if (here > best.depth) best = { x, y, depth: here };
      }
    }
    [west, east] = [best.x - stepX, best.x + stepX];
    [south, north] = [best.y - stepY, best.y + stepY];
  }
  return [best.x, best.y];
}
