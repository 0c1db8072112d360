//! A file's polygons are found wherever GeoJSON allows them, and every refusal says what is wrong.
import { describe, expect, test } from 'vitest';
import { LARGEST_FILE, shapeFromFile, shapeFromText } from './file';

const ring = (lon = -0.9, lat = 52.7, side = 0.1) => [
  [lon, lat],
  [lon + side, lat],
  [lon + side, lat + side],
  [lon, lat + side],
  [lon, lat],
];
const polygon = { type: 'Polygon', coordinates: [ring()] };
const wkt = 'POLYGON((-0.9 52.7,-0.8 52.7,-0.8 52.8,-0.9 52.8,-0.9 52.7))';

const read = (value: unknown) => shapeFromText(typeof value === 'string' ? value : JSON.stringify(value));
const reason = (value: unknown): string => {
  const outcome = read(value);
  return outcome.ok ? `fine: ${JSON.stringify(outcome.value)}` : outcome.words;
};

describe('a file', () => {
  test.each([
    ['Polygon', polygon],
    ['Feature', { type: 'Feature', properties: null, geometry: polygon }],
    ['FeatureCollection', { type: 'FeatureCollection', features: [{ type: 'Feature', geometry: polygon }] }],
    ['MultiPolygon', { type: 'MultiPolygon', coordinates: [[ring()]] }],
    ['GeometryCollection', { type: 'GeometryCollection', geometries: [polygon] }],
    ['heights', { type: 'Polygon', coordinates: [ring().map((each) => [...each, 120])] }],
  ])('with a %s gives its shape', (_, value) => {
    expect(read(value)).toEqual({ ok: true, value: { kind: 'polygon', wkt } });
  });

  test('of several features gives one shape of several parts, and keeps holes', () => {
    const features = [
      { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring(), ring(-0.87, 52.73, 0.02)] } },
      { type: 'Feature', geometry: { type: 'Point', coordinates: [-1, 52] } },
      { type: 'Feature', geometry: null },
      { type: 'Feature', geometry: { type: 'Polygon', coordinates: [ring(-1.2)] } },
    ];
    const outcome = read({ type: 'FeatureCollection', features });
    if (!outcome.ok || outcome.value.kind !== 'polygon') throw new Error('a shape was expected');
    expect(outcome.value.wkt).toMatch(/^MULTIPOLYGON\(\(\(-0\.9 .*\),\(-0\.87 .*\)\),\(\(-1\.2 /);
  });

  test.each<[string, unknown, string]>([
    ['not JSON', '{"type": ', 'not JSON'],
    ['KML', '<?xml version="1.0"?><kml/>', 'XML'],
    ['no polygon', { type: 'Feature', geometry: { type: 'LineString', coordinates: [] } }, '1 LineString'],
    ['nothing at all', [1, 2, 3], 'no polygon'],
    ['broken coordinates', { type: 'Polygon', coordinates: [[1, 2], [3]] }, 'not lists of number pairs'],
    ['metres', { type: 'Polygon', coordinates: [ring(475000, 319000, 100)] }, 'not degrees'],
    ['France', { type: 'Polygon', coordinates: [ring(2.3, 48.8)] }, 'outside Great Britain'],
    [
      'latitude first',
      { type: 'Polygon', coordinates: [ring().map(([lon, lat]) => [lat, lon])] },
      'latitude first',
    ],
    ['no surface', { type: 'Polygon', coordinates: [ring(-0.9, 52.7, 0)] }, 'no surface'],
  ])('with %s is refused with the reason', (_, value, words) => {
    expect(reason(value)).toContain(words);
  });

  test('with too many corners is refused, with fewer goes by another way than the link', () => {
    const round = (corners: number) => ({
      type: 'Polygon',
      coordinates: [
        Array.from({ length: corners + 1 }, (__, i) => {
          const angle = (2 * Math.PI * (i % corners)) / corners;
          return [-1 + Math.cos(angle), 52.6 + Math.sin(angle)];
        }),
      ],
    });
    expect(reason(round(10_001))).toContain('10,001 corners');
    const outcome = read(round(5000));
    expect(outcome.ok && outcome.value.kind).toBe('too-long');
  });

  test('nested without end does not hang the page', () => {
    let nested: unknown = polygon;
    for (let depth = 0; depth < 50; depth += 1) nested = { type: 'GeometryCollection', geometries: [nested] };
    expect(reason(nested)).toContain('no polygon');
  });

  test('over 2 MB or empty is not read', async () => {
    const large = await shapeFromFile(new Blob([' '.repeat(LARGEST_FILE + 1)]));
    expect(!large.ok && large.words).toContain('2.0 MB');
    const empty = await shapeFromFile(new Blob([]));
    expect(!empty.ok && empty.words).toContain('empty');
    expect(await shapeFromFile(new Blob(['\uFEFF', JSON.stringify(polygon)]))).toEqual({
      ok: true,
      value: { kind: 'polygon', wkt },
    });
  });
});
