//! The table's order: by any column, both ways, stable, rows without a figure last.
import { expect, test } from 'vitest';
import type { Row } from '../api-types';
import { byCode, filterBy, parseOrder, type SortKey, sortBy, writeOrder } from './sort';

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
const sorted = (value: (row: Row) => SortKey, down: boolean, compare?: typeof byCode) =>
  codes(sortBy(rows, value, down, compare));
const found = (typed: string) =>
  codes(
    filterBy(rows, typed, (row) =>
      [row.name, row.alias, row.code, row.district?.name].filter(Boolean).join(' '),
    ),
  );

test('numbers sort as numbers, ties keep their order, and rows without a figure stay last both ways', () => {
  expect(sorted((row) => row.value, true)).toBe('E3 E4 E2 E1');
  expect(sorted((row) => row.value, false)).toBe('E2 E3 E4 E1');
});

test('names sort as people read them', () => {
  expect(sorted((row) => row.alias ?? row.name, false)).toBe('E1 E4 E3 E2');
  expect(sorted((row) => row.code, true, byCode)).toBe('E4 E3 E2 E1');
});

test('the filter finds every word in the text of a row', () => {
  expect(found('leicester')).toBe('E3 E1');
  expect(found('beau LEYS')).toBe('E1');
  expect(found('  ')).toBe('E3 E1 E2 E4');
  expect(found('melton e2')).toBe('E2');
});

test('an order is written in the link and read back; a column that is not there is the usual order', () => {
  const usual = { column: 'value', down: true };
  const columns = ['name', 'value'];
  for (const order of [usual, { column: 'name', down: false }])
    expect(parseOrder(writeOrder(order), columns, usual)).toEqual(order);
  expect(parseOrder('colour', columns, usual)).toEqual(usual);
  expect(parseOrder(null, columns, usual)).toEqual(usual);
});

test('33,755 rows sort in well under a second', () => {
  const many = Array.from({ length: 33755 }, (_, index) => ({
    name: `Area ${(index * 7919) % 33755}`,
    value: (index * 31) % 977,
  }));
  const ordered = sortBy(many, (row) => row.value, true);
  expect(ordered).toHaveLength(33755);
  expect(ordered[0]?.value).toBe(976);
});
