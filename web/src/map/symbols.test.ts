//! Symbols cover ground in proportion to what they stand for, and differ in more than colour.
import { expect, test } from 'vitest';
import { flowFeatures, WIDEST_FLOW } from './catchment';
import { linesOf } from './points';
import {
  field,
  GROWTH,
  growthAt,
  hospitalPicture,
  practiceRadius,
  SITE_SYMBOLS,
  SMALLEST_SITE,
  siteSide,
  svgPoints,
} from './symbols';

test('a list four times as long has a circle of four times the area', () => {
  expect(practiceRadius(40_000) / practiceRadius(10_000)).toBeCloseTo(2);
  expect(siteSide(4000) / siteSide(1000)).toBeCloseTo(2);
  expect(siteSide(SMALLEST_SITE)).toBe(siteSide(1));
});

test('every shape of one size covers the same ground', () => {
  for (const { corners } of SITE_SYMBOLS) {
    const twice = corners.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = corners[(i + 1) % corners.length] ?? [0, 0];
      return sum + x * nextY - nextX * y;
    }, 0);
    expect(Math.abs(twice / 2)).toBeCloseTo(1, 2);
  }
});

test('no two statuses share shape and filling, so that they differ without colour', () => {
  const seen = SITE_SYMBOLS.map(({ corners, solid }) => `${svgPoints(corners, 1)} ${solid}`);
  expect(new Set(seen).size).toBe(SITE_SYMBOLS.length);
});

test('growth follows its stops and stays put beyond them', () => {
  for (const [zoom, factor] of GROWTH) expect(growthAt(zoom)).toBeCloseTo(factor);
  expect(growthAt(1)).toBe(GROWTH[0]?.[1]);
  expect(growthAt(20)).toBe(GROWTH.at(-1)?.[1]);
  expect(growthAt(8)).toBeCloseTo(((GROWTH[0]?.[1] ?? 0) + (GROWTH[1]?.[1] ?? 0)) / 2);
});

test('a distance field is full within its shape and empty at its rim', () => {
  const { width, height, data } = field(SITE_SYMBOLS[0]?.corners ?? []);
  const at = (x: number, y: number) => data[(y * width + x) * 4 + 3] ?? 0;
  expect(at(width / 2, height / 2)).toBeGreaterThan(192);
  expect(at(0, 0)).toBe(0);
  expect(hospitalPicture().data).toHaveLength(40 * 40 * 4);
});

test('the widest flow belongs to most patients, the others in proportion', () => {
  const flow = (patients: number) => ({
    from: [0, 52] as [number, number],
    to: [1, 52] as [number, number],
    patients,
  });
  const widths = flowFeatures([flow(2000), flow(500), flow(1)]).features.map(
    (each) => each.properties?.width,
  );
  expect(widths[0]).toBe(WIDEST_FLOW);
  expect(widths[1]).toBe(WIDEST_FLOW / 4);
  expect(widths[2]).toBeGreaterThan(0);
  expect(flowFeatures([]).features).toEqual([]);
});

test('the words under a pointer say what is doubtful', () => {
  expect(linesOf('practices', { list_size: 36_105 })).toEqual(['36,105 patients on its list']);
  expect(linesOf('practices', {})[0]).toContain('not held');
  expect(
    linesOf('housing-sites', { status: 'allocation', dwellings: 1700, precision: 'approximate' }),
  ).toEqual(['1,700 homes', 'Allocated in a plan', 'Place approximate']);
  expect(linesOf('housing-sites', { status: 'unheard-of' })).toEqual([
    'Number of homes not known',
    'Housing site',
  ]);
});
