//! The name of a polygon stands inside it, even where its middle does not.
import { expect, test } from 'vitest';
import { labelPoint } from './labels';
import { above, ZORDER } from './zorder';

test('a name stands in the middle of a square', () => {
  const point = labelPoint({
    type: 'Polygon',
    coordinates: [
      [
        [0, 0],
        [2, 0],
        [2, 2],
        [0, 2],
        [0, 0],
      ],
    ],
  });
  expect(point?.[0]).toBeCloseTo(1, 1);
  expect(point?.[1]).toBeCloseTo(1, 1);
});

test('a name stands inside a horseshoe, and in the larger of two parts', () => {
  const horseshoe = [
    [0, 0],
    [5, 0],
    [5, 5],
    [4, 5],
    [4, 1],
    [1, 1],
    [1, 5],
    [0, 5],
    [0, 0],
  ];
  const speck = [
    [9, 9],
    [9.1, 9],
    [9.1, 9.1],
    [9, 9.1],
    [9, 9],
  ];
  const point = labelPoint({ type: 'MultiPolygon', coordinates: [[speck], [horseshoe]] });
  if (!point) throw new Error('a polygon has a label point');
  const [x, y] = point;
  const inside = x > 0 && x < 5 && y > 0 && y < 5 && !(x > 1 && x < 4 && y > 1);
  expect(inside).toBe(true);
});

test('points and nothing have no label point', () => {
  expect(labelPoint(null)).toBeNull();
  expect(labelPoint({ type: 'Point', coordinates: [0, 0] })).toBeNull();
});

test('a late layer goes below the lowest one that belongs above it', () => {
  const onMap = new Set(['district-line', 'place-label']);
  expect(above('area-fill', (id) => onMap.has(id))).toBe('district-line');
  expect(above('selected-line', (id) => onMap.has(id))).toBe('place-label');
  expect(above('district-label', (id) => onMap.has(id))).toBeUndefined();
  expect(new Set(ZORDER).size).toBe(ZORDER.length);
});
