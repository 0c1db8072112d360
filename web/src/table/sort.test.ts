//! The table's order: by any column, both ways, stable, areas without a figure last.
import { expect, test } from 'vitest';
import type { Row } from '../api-types';
import { filterRows, parseOrder, sortRows, writeOrder } from './sort';

const rows: Row[] = [
  { index: 0, code: 'E3', name: 'Leicester 010A', value: 12.5, rank: 9000 },
  { index: 1, code: 'E1', name: 'Leicester 002B', alias: 'Beaumont Leys', status: 'suppressed' },
  {
    index: 2,
    code: 'E2',
    name: 'Melton 003C',
    value: -1,
    rank: 20000,
    district: { code: 'D', name: 'Melton' },
  },
  { index: 3, code: 'E4', name: 'Blaby 001A', value: 12.5, rank: 8000 },
];
const codes = (sorted: readonly Row[]) => sorted.map((row) => row.code).join(' ');

test('numbers sort as numbers, ties keep their order, and areas without a figure stay last both ways', () => {
  expect(codes(sortRows(rows, { column: 'value', down: true }))).toBe('E3 E4 E2 E1');
  expect(codes(sortRows(rows, { column: 'value', down: false }))).toBe('E2 E3 E4 E1');
});

test('names sort as people read them', () => {
  expect(codes(sortRows(rows, { column: 'name', down: false }))).toBe('E1 E4 E3 E2');
  expect(codes(sortRows(rows, { column: 'code', down: true }))).toBe('E4 E3 E2 E1');
});

test('the filter finds every word in name, alias, code or district', () => {
  expect(codes(filterRows(rows, 'leicester'))).toBe('E3 E1');
  expect(codes(filterRows(rows, 'beau LEYS'))).toBe('E1');
  expect(codes(filterRows(rows, '  '))).toBe('E3 E1 E2 E4');
  expect(codes(filterRows(rows, 'melton e2'))).toBe('E2');
});

test('an order is written in the link and read back; nonsense is the usual order', () => {
  const usual = { column: 'value', down: true } as const;
  for (const order of [usual, { column: 'name', down: false } as const])
    expect(parseOrder(writeOrder(order), usual)).toEqual(order);
  expect(parseOrder('colour', usual)).toEqual(usual);
  expect(parseOrder(null, usual)).toEqual(usual);
});

test('33,755 rows sort in well under a second', () => {
  const many = Array.from({ length: 33755 }, (_, index) => ({
    index,
    code: `E${index}`,
    name: `Area ${(index * 7919) % 33755}`,
    value: (index * 31) % 977,
  }));
  const sorted = sortRows(many, { column: 'value', down: true });
  expect(sorted).toHaveLength(33755);
  expect(sorted[0]?.value).toBe(976);
});
