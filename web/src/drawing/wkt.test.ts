//! Polygons survive being written and read, and are tidied on the way.
import { describe, expect, test } from 'vitest';
import { circleOf, circleRing, metresBetween } from './circle';
import { cornersOf, crosses, type Polygon, readWkt, tidy, tidyRing, toGeometry, writeWkt } from './wkt';

const square: Polygon = [
  [
    [-0.9, 52.7],
    [-0.8, 52.7],
    [-0.8, 52.8],
    [-0.9, 52.8],
    [-0.9, 52.7],
  ],
];
const holed: Polygon = [
  ...square,
  [
    [-0.88, 52.72],
    [-0.82, 52.72],
    [-0.85, 52.78],
    [-0.88, 52.72],
  ],
];

describe('well-known text', () => {
  test('of one part is a POLYGON, of several a MULTIPOLYGON, and both come back as they were', () => {
    const far: Polygon = square.map((ring) => ring.map(([lon, lat]) => [lon - 1, lat]));
    expect(writeWkt([square])).toBe('POLYGON((-0.9 52.7,-0.8 52.7,-0.8 52.8,-0.9 52.8,-0.9 52.7))');
    for (const polygons of [[square], [holed], [holed, far]]) {
      expect(readWkt(writeWkt(polygons))).toEqual(polygons);
      expect(toGeometry(polygons).type).toBe(polygons.length > 1 ? 'MultiPolygon' : 'Polygon');
    }
    expect(writeWkt([holed, far])).toMatch(/^MULTIPOLYGON\(\(\(/);
    expect(cornersOf([holed, far])).toBe(4 + 3 + 4);
  });

  test('is read in either case and with any white space', () => {
    expect(readWkt('  polygon ( (-0.9 52.7 , -0.8 52.7,\n-0.8 52.8, -9e-1 52.7) ) ')).toEqual([
      [
        [
          [-0.9, 52.7],
          [-0.8, 52.7],
          [-0.8, 52.8],
          [-0.9, 52.7],
        ],
      ],
    ]);
  });

  test.each([
    '',
    'POINT(-0.9 52.7)',
    'POLYGON',
    'POLYGON()',
    'POLYGON((-0.9 52.7,-0.8))',
    'POLYGON((-0.9 52.7,-0.8 52.7)',
    'POLYGON((-0.9 52.7 3,-0.8 52.7 3))',
    'POLYGON((a b,c d))',
    'POLYGON((-0.9 52.7,-0.8 52.7)) and more',
    'MULTIPOLYGON((-0.9 52.7,-0.8 52.7))',
  ])('that is broken is refused: %s', (text) => {
    expect(readWkt(text)).toBeNull();
  });
});

describe('a ring', () => {
  test('is rounded to five decimals, closed, and loses what rounding made equal', () => {
    expect(
      tidyRing([
        [-0.9000001, 52.7],
        [-0.9, 52.7000001],
        [-0.8, 52.7],
        [-0.8, 52.8123456],
      ]),
    ).toEqual([
      [-0.9, 52.7],
      [-0.8, 52.7],
      [-0.8, 52.81235],
      [-0.9, 52.7],
    ]);
  });

  test('without a surface is none, and takes its holes with it', () => {
    const line = [
      [-0.9, 52.7],
      [-0.8, 52.7],
      [-0.7, 52.7],
    ];
    expect(tidyRing(line)).toBeNull();
    expect(tidyRing([])).toBeNull();
    expect(tidy([[line, ...holed.slice(1)], holed])).toEqual([holed]);
    expect(tidy([[...square, line]])).toEqual([square]);
  });

  test('like a bow crosses itself; a square and a notch do not', () => {
    const bow = tidyRing([
      [0, 50],
      [1, 51],
      [1, 50],
      [0, 51.5],
    ]);
    expect(bow && crosses(bow)).toBe(true);
    expect(square[0] && crosses(square[0])).toBe(false);
    expect(
      crosses([
        [0, 50],
        [2, 50],
        [2, 52],
        [1, 50.5],
        [0, 52],
        [0, 50],
      ]),
    ).toBe(false);
  });
});

test('a circle comes back with its middle and its radius', () => {
  const ring = circleRing([-0.888, 52.766], 3000);
  expect(ring).toHaveLength(65);
  const { centre, metres } = circleOf(ring);
  expect(metresBetween(centre, [-0.888, 52.766])).toBeLessThan(0.1);
  expect(metres).toBeCloseTo(3000, 1);
  // One minute of latitude is a nautical mile.
  expect(metresBetween([0, 52], [0, 52 + 1 / 60])).toBeCloseTo(1853, 0);
});
