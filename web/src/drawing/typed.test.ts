//! What people type for places and shapes is understood, or refused in words that help.
import { describe, expect, test } from 'vitest';
import { LONGEST_WKT } from './result';
import { typedPoint, typedPolygon, typedRadius } from './typed';

const words = (outcome: { ok: boolean; words?: string } | null) =>
  outcome?.ok ? 'fine' : (outcome?.words ?? 'none');

describe('a typed point', () => {
  test.each(['52.765, -0.888', '-0.888 52.765', '−0.888; 52.765', '52.765° N, 0.888° W', '52.765N 0.888W'])(
    'is understood whichever comes first: %s',
    (text) => {
      expect(typedPoint(text)).toEqual({ ok: true, value: [-0.888, 52.765] });
    },
  );

  test('east of Greenwich stays east', () => {
    expect(typedPoint('0.12 52.2')).toEqual({ ok: true, value: [0.12, 52.2] });
    expect(typedPoint('52.2 N, 0.12 E')).toEqual({ ok: true, value: [0.12, 52.2] });
  });

  test('is none where it may be the name of a place', () => {
    for (const text of ['Melton Mowbray', 'LE13 1NX', 'C82038', '', '52.7'])
      expect(typedPoint(text)).toBeNull();
  });

  test('elsewhere is refused, and so are metres', () => {
    expect(words(typedPoint('2.35, 48.85'))).toContain('outside Great Britain');
    expect(words(typedPoint('475000 319000'))).toContain('not degrees');
  });
});

describe('a typed radius', () => {
  test.each([
    ['3 km', 3000],
    ['3', 3000],
    ['2.5km', 2500],
    ['800 m', 800],
    ['1500', 1500],
    ['2 miles', 3219],
    ['1,5 km', 1500],
  ])('%s is understood', (text, metres) => {
    expect(typedRadius(text)).toEqual({ ok: true, value: metres });
  });

  test.each(['', 'far', '3 furlongs', '-2 km', '10 m', '900 km'])('“%s” is refused', (text) => {
    expect(typedRadius(text).ok).toBe(false);
  });
});

describe('a typed polygon', () => {
  const wkt = 'POLYGON((-0.9 52.75,-0.85 52.75,-0.85 52.78,-0.9 52.75))';

  test.each([
    '-0.9 52.75, -0.85 52.75, -0.85 52.78',
    '-0.9,52.75 -0.85,52.75 -0.85,52.78',
    '52.75, -0.9; 52.75, -0.85; 52.78, -0.85',
    '-0.9 52.75\n-0.85 52.75\n-0.85 52.78\n-0.9 52.75',
    '[[-0.9, 52.75], [-0.85, 52.75], [-0.85, 52.78]]',
    wkt,
    'polygon((52.75 -0.9, 52.75 -0.85, 52.78 -0.85))',
  ])('is understood however it is separated: %s', (text) => {
    expect(typedPolygon(text)).toEqual({ ok: true, value: { kind: 'polygon', wkt } });
  });

  test.each([
    ['', 'Type the corners'],
    ['-0.9 52.75, -0.85 52.75', 'at least three'],
    ['-0.9 52.75, -0.85 52.75, -0.85', '5 numbers'],
    ['-0.9 52.75, -0.85 52.75, x 52.78', 'not a number'],
    ['-0.9 52.75, 52.75 -0.85, -0.85 52.78', 'all of them the same way'],
    ['-0.9 52.75, -0.8 52.75, -0.7 52.75', 'no surface'],
    ['-0.9 52.7, -0.8 52.8, -0.8 52.7, -0.9 52.85', 'cross each other'],
    ['475000 319000, 476000 319000, 476000 320000', 'not degrees'],
    ['POLYGON((-0.9 52.75, -0.85 52.75', 'brackets'],
  ])('“%s” is refused with the reason', (text, reason) => {
    expect(words(typedPolygon(text))).toContain(reason);
  });

  test('too long for a link is handed over as GeoJSON', () => {
    const corners = Array.from({ length: 600 }, (_, i) => {
      const angle = (2 * Math.PI * i) / 600;
      return `${-1 + 0.2 * Math.cos(angle)} ${52.6 + 0.2 * Math.sin(angle)}`;
    });
    const outcome = typedPolygon(corners.join(', '));
    if (!outcome.ok || outcome.value.kind !== 'too-long') throw new Error(words(outcome));
    expect(outcome.value.characters).toBeGreaterThan(LONGEST_WKT);
    expect(outcome.value.geometry.type).toBe('Polygon');
    expect(outcome.value.words).toContain('600 corners');
  });
});
