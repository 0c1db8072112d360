//! What people type for a shape is understood, or refused in words that help.
import { describe, expect, test } from 'vitest';
import { LONGEST_WKT } from './result';
import { typedPolygon } from './typed';

const words = (outcome: { ok: boolean; words?: string } | null) =>
  outcome?.ok ? 'fine' : (outcome?.words ?? 'none');

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
