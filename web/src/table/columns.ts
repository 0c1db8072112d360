//! What a column of a table is: its head, its order, its text.
import type { SortKey } from './sort';

export interface Column<T> {
  id: string;
  words: string;
  /** A few words under the head: a direction, a unit. */
  note?: string;
  numeric: boolean;
  value: (row: T) => SortKey;
  compare?: (a: string, b: string) => number;
  /** Without it the table's own cell is drawn. */
  text?: (row: T) => string;
  /** Whether the text stands for a figure that is not there. */
  soft?: (row: T) => boolean;
  /** The first press on the head puts the highest on top. */
  downFirst?: boolean;
}
