//! A shape that is too long for a link keeps its form within the distance that is said.
import { expect, test } from 'vitest';
import { shortened } from './shorten';
import { readWkt } from './wkt';

const wiggly = (corners: number): [number, number][] => {
  const points = Array.from({ length: corners }, (_, index): [number, number] => {
    const turn = (index / corners) * 2 * Math.PI;
    const out = 0.05 + 0.0003 * Math.sin(index * 7);
    return [-0.9 + out * Math.cos(turn), 52.7 + out * 0.6 * Math.sin(turn)];
  });
  return [...points, points[0] as [number, number]];
};

test('a thousand corners become few enough for a link, and the words say how far the edge moves', () => {
  const { wkt, words } = shortened({ type: 'Polygon', coordinates: [wiggly(2000)] });
  expect(wkt.length).toBeLessThanOrEqual(6000);
  const ring = readWkt(wkt)?.[0]?.[0] ?? [];
  expect(ring.length).toBeGreaterThan(20);
  expect(ring[0]).toEqual(ring.at(-1));
  expect(words).toMatch(/^The shape has 2,000 corners/);
  expect(words).toMatch(/at most \d+ metres/);
});

test('of many parts the large ones stay', () => {
  const dot: [number, number][] = [
    [-0.5, 52.6],
    [-0.49999, 52.6],
    [-0.49999, 52.60001],
    [-0.5, 52.6],
  ];
  const { wkt } = shortened({ type: 'MultiPolygon', coordinates: [[wiggly(2000)], [dot]] });
  expect(readWkt(wkt)).toHaveLength(1);
});
