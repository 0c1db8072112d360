//! The order of the table: by one column, up or down, areas without a figure always last.
import type { Row } from '../api-types';

export type Column =
  | 'name'
  | 'code'
  | 'district'
  | 'value'
  | 'interval'
  | 'rank'
  | 'decile'
  | 'class'
  | 'population';

export interface Order {
  column: Column;
  down: boolean;
}

const COLUMNS: Column[] = [
  'name',
  'code',
  'district',
  'value',
  'interval',
  'rank',
  'decile',
  'class',
  'population',
];

/** Reads `value` or `-value`; anything else is the usual order. */
export function parseOrder(text: string | null, usual: Order): Order {
  if (!text) return usual;
  const down = text.startsWith('-');
  const column = COLUMNS.find((each) => each === text.replace(/^-/, ''));
  return column ? { column, down } : usual;
}

export const writeOrder = (order: Order): string => (order.down ? '-' : '') + order.column;

const names = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

function key(row: Row, column: Column): string | number | undefined {
  switch (column) {
    case 'name':
      return row.alias ?? row.name;
    case 'code':
      return row.code;
    case 'district':
      return row.district?.name;
    case 'interval':
      return row.lower;
    default:
      return row[column];
  }
}

/** Sorted rows; ties keep the edition's order, so that the same link shows the same page. */
export function sortRows(rows: readonly Row[], order: Order): Row[] {
  const sign = order.down ? -1 : 1;
  // Codes are plain letters and digits: comparing them as names would only be slower.
  const compare =
    order.column === 'code' ? (a: string, b: string) => (a < b ? -1 : Number(a > b)) : names.compare;
  const keyed = rows.map((row) => ({ row, key: key(row, order.column) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) {
      if (a.key === b.key) return a.row.index - b.row.index;
      return a.key === undefined ? 1 : -1;
    }
    const by = typeof a.key === 'string' ? compare(a.key, String(b.key)) : a.key - Number(b.key);
    return by === 0 ? a.row.index - b.row.index : sign * by;
  });
  return keyed.map((each) => each.row);
}

/** Rows whose names or codes hold every word typed. */
export function filterRows(rows: readonly Row[], typed: string): readonly Row[] {
  const words = typed.toLocaleLowerCase('en-GB').split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const text = `${row.name} ${row.alias ?? ''} ${row.code} ${row.district?.name ?? ''}`.toLocaleLowerCase(
      'en-GB',
    );
    return words.every((word) => text.includes(word));
  });
}
