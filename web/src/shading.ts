//! The classes in which a catchment's areas are shaded: round edges, words and colours for map, key and table.
import type { CatchmentAnswer, CatchmentRow } from './catchment-types';
import { capital, counted, list, number } from './format';
import type { Shade, Shading } from './map/overlay';
import type { ShadeBy } from './url';

/** ColorBrewer GnBu, dark to light: another hue than deprivation's purples, so that nobody takes the one for the other. */
const COLOURS = ['#0868ac', '#43a2ca', '#7bccc4', '#bae4bc', '#f0f9e8'];

export const SHADE_WORDS: Record<ShadeBy, { words: string; title: string; note: string }> = {
  patients: {
    words: 'Patients',
    title: 'Patients',
    note: 'How many patients of the practice live in each neighbourhood.',
  },
  'share-of-practice': {
    words: 'Share of the practice’s list',
    title: 'Share of the list',
    note: 'Of all its patients, how many in a hundred live in each neighbourhood.',
  },
  'share-of-area': {
    words: 'Share of the neighbourhood',
    title: 'Share of the neighbourhood',
    note: 'Of all people registered anywhere who live there, how many in a hundred are patients of the practice.',
  },
};

export function shadeValue(row: CatchmentRow, by: ShadeBy): number | undefined {
  if (by === 'patients') return row.patients;
  return by === 'share-of-practice' ? row.share_of_practice : row.share_of_area;
}

/** 1, 2, 5, 10, 20, 25, 50, … : edges that people can say. */
function round(value: number): number {
  if (value <= 0) return 0;
  const size = 10 ** Math.floor(Math.log10(value));
  const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 10];
  const near = steps.reduce((best, step) =>
    Math.abs(step * size - value) < Math.abs(best * size - value) ? step : best,
  );
  return Number((near * size).toPrecision(3));
}

/** Round edges near the fifths of the values, going up, without the ends. */
export function roundEdges(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const low = sorted[0] as number;
  const edges = [0.2, 0.4, 0.6, 0.8].map((part) => round(sorted[Math.floor(part * sorted.length)] as number));
  return [...new Set(edges)].filter((edge) => edge > low).sort((a, b) => a - b);
}

const percent = (share: number): string => {
  const hundredth = share * 100;
  return `${number(hundredth, Number.isInteger(Number(hundredth.toFixed(6))) ? 0 : 1)}%`;
};

function label(by: ShadeBy, low: number, high: number, top: boolean): string {
  if (by !== 'patients') return top ? `${percent(low)} or more` : `${percent(low)} to under ${percent(high)}`;
  if (top) return `${number(low)} patients or more`;
  return high - 1 <= low ? `${number(low)} patients` : `${number(low)} to ${number(high - 1)} patients`;
}

/** The least that a class can hold: a count below the threshold is withheld, and a share begins at nothing. */
const least = (by: ShadeBy, threshold: number) => (by === 'patients' ? threshold : 0);

export interface Shaded {
  shading: Shading;
  /** The class of a row: `null` where its figure is withheld or nobody there is a patient. */
  classOf(row: CatchmentRow): number | null;
}

/** `null` where there are no patients to shade by: a shape without a practice. */
export function shadingOf(answer: CatchmentAnswer, by: ShadeBy): Shaded | null {
  const { catchment, summary } = answer;
  if (catchment.practices.length === 0) return null;
  const valued = answer.areas.filter((row) => row.patients !== undefined);
  const values = valued.map((row) => shadeValue(row, by) ?? 0);
  // Shares of an area have a scale of their own; counts and shares of a list depend on the practice.
  const inner = by === 'share-of-area' ? [0.1, 0.25, 0.5, 0.75] : roundEdges(values);
  const edges = [least(by, summary.disclosure_threshold), ...inner];
  const at = (value: number) => edges.reduce((found, edge, index) => (value >= edge ? index : found), 0);
  const shades: Shade[] = edges.map((edge, index) => ({
    index,
    colour: COLOURS[Math.round(((edges.length - 1 - index) * 4) / Math.max(1, edges.length - 1))] as string,
    label: label(by, edge, edges[index + 1] ?? edge, index === edges.length - 1),
    areas: values.filter((value) => at(value) === index).length,
  }));
  const withheld = answer.areas.filter((row) => row.status === 'suppressed').length;
  return {
    shading: {
      title: `${SHADE_WORDS[by].title}: ${who(answer)}, ${answer.periods.patients ?? summary.register_period}`,
      shades: shades.reverse(),
      withheld:
        withheld === 0
          ? null
          : { areas: withheld, label: `1 to ${summary.disclosure_threshold - 1} patients: number not shown` },
    },
    classOf: (row) => (row.patients === undefined ? null : at(shadeValue(row, by) ?? 0)),
  };
}

/** The practices asked about, by name while there are few. */
export function who(answer: CatchmentAnswer): string {
  const { practices } = answer.catchment;
  return practices.length > 2
    ? counted(practices.length, 'practice', 'practices')
    : list(practices.map((each) => each.name));
}

/** An area's patients in words, never a nought for a number that is withheld. */
export function patientsWords(row: CatchmentRow, threshold: number): string {
  if (row.patients !== undefined) return counted(row.patients, 'patient', 'patients');
  return row.status === 'suppressed' ? `1 to ${threshold - 1} patients, not shown` : 'no patients';
}

export const shareWords = (share: number | undefined, digits = 1): string =>
  share === undefined ? '' : `${number(share * 100, digits)}%`;

/** Two lines under an area's name: its patients, and what share they are of the list and of the neighbourhood. */
export function areaLines(row: CatchmentRow, answer: CatchmentAnswer): string[] {
  if (answer.catchment.practices.length === 0) return [`${number(row.residents)} residents`];
  const shares = [
    row.share_of_practice === undefined ? '' : `${shareWords(row.share_of_practice)} of the list`,
    row.share_of_area === undefined ? '' : `${shareWords(row.share_of_area)} of people registered here`,
  ].filter(Boolean);
  const lines = [patientsWords(row, answer.summary.disclosure_threshold)];
  if (shares.length > 0) lines.push(shares.join(', '));
  return lines.map(capital);
}
