//! Numbers and intervals as British readers write them.

const formats = new Map<number, Intl.NumberFormat>();

/** A number with thousands commas and exactly `decimals` places; a true minus sign. */
export function number(value: number, decimals = 0): string {
  let format = formats.get(decimals);
  if (!format) {
    format = new Intl.NumberFormat('en-GB', {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
    });
    formats.set(decimals, format);
  }
  const text = format.format(value).replace('-', '\u2212');
  // A small negative number rounds to "−0.0", which reads as a mistake.
  return /^\u2212[0.,]*$/.test(text) ? text.slice(1) : text;
}

/** Units that are said by the measure's own name, so that "51.66 score" is never printed. */
const SILENT = new Set(['score', 'rank', 'decile']);

export function quantity(value: number, unit: string, decimals: number): string {
  if (unit === '%') return `${number(value, decimals)}%`;
  if (SILENT.has(unit) || unit === '') return number(value, decimals);
  return `${number(value, decimals)} ${unit}`;
}

/** The unit as it stands in the head of a column, or nothing where the name says it already. */
export const headUnit = (unit: string): string => (SILENT.has(unit) ? '' : unit);

export function interval(lower: number, upper: number, unit: string, decimals: number): string {
  return `${number(lower, decimals)} to ${quantity(upper, unit, decimals)}`;
}

export const MISSING_WORDS = {
  suppressed: 'suppressed (too few people to publish)',
  not_held: 'not held',
  not_applicable: 'not applicable',
} as const;

export const KIND_WORDS = {
  counted: 'Counted',
  derived: 'Worked out from published figures',
  published: 'As published',
  modelled: 'Modelled estimate',
  approximate: 'Approximate',
  estimated: 'Estimate',
} as const;

/** "850 m" or "3.2 km" */
export const distance = (metres: number): string =>
  metres < 1000 ? `${number(Math.round(metres / 10) * 10)} m` : `${number(metres / 1000, 1)} km`;

/** "neighbourhood" or "neighbourhoods", as the number asks. */
export const counted = (n: number, one: string, many: string): string =>
  `${number(n)} ${n === 1 ? one : many}`;

/** "Melton, Blaby and Rutland" */
export function list(words: string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

/** The people's name of an area first, the official one after it. */
export function areaName(area: { name: string; alias?: string }): string {
  return area.alias ?? area.name;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
