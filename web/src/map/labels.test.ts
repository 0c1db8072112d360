//! The name of a polygon stands inside it, even where its middle does not.
import { expect, test } from 'vitest';
import { extentOf, labelPoint, polygonsOf } from './labels';
import { above, ZORDER } from './zorder';

const diamond = (x: number, y: number, reach: number) => [
  [x, y - reach],
  [x + reach, y],
  [x, y + reach],
  [x - reach, y],
  [x, y - reach],
];

test('a name stands in the middle of a diamond', () => {
  const point = labelPoint([[diamond(1, 1, 1)]]);
  expect(point?.[0]).toBeCloseTo(1, 1);
  expect(point?.[1]).toBeCloseTo(1, 1);
});

test('where two tiles share a diamond, its name stands as if they did not', () => {
  const left = [
    [1, 0],
    [1, 2],
    [0, 1],
    [1, 0],
  ];
  const right = [
    [1, 0],
    [2, 1],
    [1, 2],
    [1, 0],
  ];
  const point = labelPoint([[left], [right]]);
  expect(point?.[0]).toBeCloseTo(1, 1);
  expect(point?.[1]).toBeCloseTo(1, 1);
});

test('a name stands inside a horseshoe, and in the larger of two parts', () => {
  const horseshoe = [
    [0, 0],
    [5, 0.1],
    [5.1, 5],
    [4, 5.1],
    [4.1, 1],
    [1, 1.1],
    [1.1, 5],
    [0.1, 5.1],
    [0, 0],
  ];
  const point = labelPoint([[diamond(9, 9, 0.1)], [horseshoe]]);
  if (!point) throw new Error('a polygon has a label point');
  const [x, y] = point;
  expect(x > 0 && x < 5.1 && y > 0 && y < 5.1 && !(x > 1.1 && x < 4 && y > 1.1)).toBe(true);
});

test('points and nothing have no label point', () => {
  expect(labelPoint([])).toBeNull();
  expect(polygonsOf({ type: 'Point', coordinates: [0, 0] })).toEqual([]);
  expect(extentOf([[diamond(1, 1, 1)], [diamond(5, 5, 2)]])).toBe(10);
});

test('a late layer goes below the lowest one that belongs above it', () => {
  const onMap = new Set(['district-line', 'place-label']);
  expect(above('area-fill', (id) => onMap.has(id))).toBe('district-line');
  expect(above('selected-line', (id) => onMap.has(id))).toBe('place-label');
  expect(above('district-label', (id) => onMap.has(id))).toBeUndefined();
  expect(new Set(ZORDER).size).toBe(ZORDER.length);
});
