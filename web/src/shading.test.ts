//! Shading: round edges, every area in one class, withheld counts never in a class.
import { expect, test } from 'vitest';
import type { CatchmentAnswer, CatchmentRow } from './catchment-types';
import { areaLines, growthWords, patientsWords, roundEdges, shadingOf, shareWords } from './shading';

const row = (code: string, patients?: number, status?: 'suppressed'): CatchmentRow => ({
  index: Number(code),
  code,
  name: `Area ${code}`,
  ...(patients === undefined
    ? {}
    : { patients, share_of_practice: patients / 10_000, share_of_area: patients / 2000 }),
  ...(status ? { status } : {}),
  registered: 2000,
  residents: 1900,
  weight: 1,
  centroid: [0, 0],
});

const counts = [1870, 1640, 1500, 1420, 1200, 900, 350, 120, 40, 5];
const areas = [
  ...counts.map((patients, index) => row(String(index), patients)),
  row('20', undefined, 'suppressed'),
  row('21'),
];
const answer = {
  areas,
  catchment: { practices: [{ code: 'P1', name: 'High Street' }] },
  summary: { disclosure_threshold: 5, register_period: 'July 2022' },
  periods: { patients: 'July 2022' },
} as unknown as CatchmentAnswer;

test.each(['patients', 'share-of-practice', 'share-of-area'] as const)(
  'every area with a count is in one class of %s, darkest first, and the classes add up',
  (by) => {
    const shaded = shadingOf(answer, by);
    const shades = shaded?.shading.shades ?? [];
    expect(shades.length).toBeGreaterThan(2);
    expect(shades.reduce((sum, each) => sum + each.areas, 0)).toBe(counts.length);
    expect(shades[0]?.index).toBe(shades.length - 1);
    expect(new Set(shades.map((each) => each.colour)).size).toBe(shades.length);
    expect(shaded?.classOf(areas[0] as CatchmentRow)).toBe(shades[0]?.index);
  },
);

test('a withheld count has no class, but is counted beside the classes', () => {
  const shaded = shadingOf(answer, 'patients');
  expect(shaded?.classOf(row('20', undefined, 'suppressed'))).toBeNull();
  expect(shaded?.shading.withheld).toEqual({ areas: 1, label: 'Few patients: number not shown' });
});

test('a shape without a practice is not shaded', () => {
  const bare = { ...answer, catchment: { ...answer.catchment, practices: [] } } as CatchmentAnswer;
  expect(shadingOf(bare, 'patients')).toBeNull();
});

test('edges are numbers that people can say', () => {
  expect(roundEdges(counts, 1)).toEqual([100, 900, 1400, 1600]);
  expect(roundEdges([7, 7, 7])).toEqual([]);
  expect(roundEdges([])).toEqual([]);
});

test('no patients, few patients and a number are three different things in words', () => {
  expect(patientsWords(row('1', 812))).toBe('812 patients');
  expect(patientsWords(row('1', undefined, 'suppressed'))).toBe('few patients, not shown');
  expect(patientsWords(row('1'))).toBe('no patients');
  expect(patientsWords(row('1', 0))).toBe('no patients');
  expect(shadingOf(answer, 'patients')?.classOf(row('1', 0))).toBeNull();
  expect(patientsWords(row('1', 812, 'suppressed'))).toBe(
    '812 patients, without small counts that are not shown',
  );
  expect(areaLines(row('1', 500), answer)).toEqual([
    '500 patients',
    '5.0% of the list, 25.0% of people registered here',
  ]);
});

test('a small share is not printed as nothing', () => {
  expect(shareWords(0.0004)).toBe('under 0.1%');
  expect(shareWords(0)).toBe('0.0%');
  expect(shareWords(0.0005)).toBe('0.1%');
});

test('growth carries its sign, and none where there is hardly any', () => {
  expect(growthWords(0.2241)).toBe('+22.4%');
  expect(growthWords(0.004)).toBe('+0.4%');
  expect(growthWords(0.0001)).toBe('under 0.1%');
  expect(growthWords(0)).toBe('0.0%');
});
