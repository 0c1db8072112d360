//! The order of a table: by one column, up or down, rows without a figure always last.

export interface Order {
  column: string;
  down: boolean;
}

/** Reads `value` or `-value`; a column that the table does not have is the usual order. */
export function parseOrder(text: string | null, columns: readonly string[], usual: Order): Order {
  if (!text) return usual;
  const down = text.startsWith('-');
  const column = columns.find((each) => each === text.replace(/^-/, ''));
  return column ? { column, down } : usual;
}

export const writeOrder = (order: Order): string => (order.down ? '-' : '') + order.column;

const names = new Intl.Collator('en-GB', { numeric: true, sensitivity: 'base' });

/** Names as people sort them; codes are plain letters and digits, and comparing them as names would only be slower. */
export const byName = names.compare;
export const byCode = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

export type SortKey = string | number | undefined;

/** Rows in the order of a value; ties keep the order in which the rows came, so that a link shows the same page. */
export function sortBy<T>(
  rows: readonly T[],
  value: (row: T) => SortKey,
  down: boolean,
  compare: (a: string, b: string) => number = byName,
): T[] {
  const sign = down ? -1 : 1;
  const keyed = rows.map((row, index) => ({ row, index, key: value(row) }));
  keyed.sort((a, b) => {
    if (a.key === undefined || b.key === undefined) {
      if (a.key === b.key) return a.index - b.index;
      return a.key === undefined ? 1 : -1;
    }
    const by = typeof a.key === 'string' ? compare(a.key, String(b.key)) : a.key - Number(b.key);
    return by === 0 ? a.index - b.index : sign * by;
  });
  return keyed.map((each) => each.row);
}

/** Rows whose text holds every word typed. */
export function filterBy<T>(rows: readonly T[], typed: string, text: (row: T) => string): readonly T[] {
  const words = typed.toLocaleLowerCase('en-GB').split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const held = text(row).toLocaleLowerCase('en-GB');
    return words.every((word) => held.includes(word));
  });
}
