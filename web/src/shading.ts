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

/** The largest of 1, 2, 2.5, 5, 10, … that is not above a value. */
function step(value: number): number {
  const size = 10 ** Math.floor(Math.log10(value));
  const fitting = [1, 2, 2.5, 5].filter((each) => each * size <= value * 1.0001);
  return Number(((fitting.at(-1) ?? 1) * size).toPrecision(3));
}

/** Edges near the fifths of the values, rounded to numbers that people can say, going up, without the ends. */
export function roundEdges(values: readonly number[], smallest = 0): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const low = sorted[0];
  const high = sorted.at(-1);
  if (low === undefined || high === undefined || high <= low) return [];
  const unit = Math.max(step((high - low) / 12), smallest);
  const edges = [1, 2, 3, 4].map((fifth) => {
    const value = sorted[Math.floor((fifth * sorted.length) / 5)] as number;
    return Number((Math.round(value / unit) * unit).toPrecision(6));
  });
  return [...new Set(edges)].filter((edge) => edge > low && edge <= high);
}

const percent = (share: number): string => {
  const hundredth = share * 100;
  return `${number(hundredth, Number.isInteger(Number(hundredth.toFixed(6))) ? 0 : 1)}%`;
};

function label(by: ShadeBy, low: number | undefined, high: number | undefined): string {
  const count = by === 'patients';
  if (low === undefined && high === undefined) return count ? 'All with patients' : 'All';
  if (low === undefined) return count ? `Fewer than ${number(high ?? 0)}` : `Under ${percent(high ?? 0)}`;
  if (high === undefined) return count ? `${number(low)} or more` : `${percent(low)} or more`;
  if (!count) return `${percent(low)} to under ${percent(high)}`;
  return high - 1 <= low ? number(low) : `${number(low)} to ${number(high - 1)}`;
}

export interface Shaded {
  shading: Shading;
  /** The class of a row: `null` where its figure is withheld or nobody there is a patient. */
  classOf(row: CatchmentRow): number | null;
}

/** `null` where there are no patients to shade by: a shape without a practice. */
export function shadingOf(answer: CatchmentAnswer, by: ShadeBy): Shaded | null {
  const { catchment, summary } = answer;
  if (catchment.practices.length === 0) return null;
  const valued = answer.areas.filter(hasPatients);
  const values = valued.map((row) => shadeValue(row, by) ?? 0);
  // Shares of an area have a scale of their own; counts and shares of a list depend on the practice.
  const inner =
    by === 'share-of-area' ? [0.1, 0.25, 0.5, 0.75] : roundEdges(values, by === 'patients' ? 1 : 0);
  const edges = [0, ...inner];
  const at = (value: number) => edges.reduce((found, edge, index) => (value >= edge ? index : found), 0);
  const shades: Shade[] = edges.map((edge, index) => ({
    index,
    colour: COLOURS[Math.round(((edges.length - 1 - index) * 4) / Math.max(1, edges.length - 1))] as string,
    label: label(by, index === 0 ? undefined : edge, edges[index + 1]),
    areas: values.filter((value) => at(value) === index).length,
  }));
  const withheld = answer.areas.filter(withheldWhole).length;
  return {
    shading: {
      title: `${SHADE_WORDS[by].title}: ${who(answer)}, ${answer.periods.patients ?? summary.register_period}`,
      shades: shades.reverse(),
      withheld: withheld === 0 ? null : { areas: withheld, label: 'Few patients: number not shown' },
    },
    classOf: (row) => (hasPatients(row) ? at(shadeValue(row, by) ?? 0) : null),
  };
}

/** Whether nothing can be said of an area's patients: of several practices, one may have too few while others do not. */
export const withheldWhole = (row: CatchmentRow): boolean => row.status === 'suppressed' && !hasPatients(row);

/** Whether a number of patients may be printed: none and too few are said in words. */
export const hasPatients = (row: CatchmentRow): boolean => (row.patients ?? 0) > 0;

/** The practices asked about, by name while there are few. */
export function who(answer: CatchmentAnswer): string {
  const { practices } = answer.catchment;
  return practices.length > 2
    ? counted(practices.length, 'practice', 'practices')
    : list(practices.map((each) => each.name));
}

/** An area's patients in words, never a nought for a number that is withheld. */
export function patientsWords(row: CatchmentRow): string {
  const count = counted(row.patients ?? 0, 'patient', 'patients');
  if (hasPatients(row))
    return row.status === 'suppressed' ? `${count}, without small counts that are not shown` : count;
  return row.status === 'suppressed' ? 'few patients, not shown' : 'no patients';
}

/** A share in per cent; a small one that would round to nothing is said to be small. */
export function shareWords(share: number | undefined, digits = 1): string {
  if (share === undefined) return '';
  const text = number(share * 100, digits);
  return share > 0 && !/[1-9]/.test(text) ? `under ${number(10 ** -digits, digits)}%` : `${text}%`;
}

/** Two lines under an area's name: its patients, and what share they are of the list and of the neighbourhood. */
export function areaLines(row: CatchmentRow, answer: CatchmentAnswer): string[] {
  if (answer.catchment.practices.length === 0) return [`${number(row.residents)} residents`];
  const shares = [
    !hasPatients(row) || row.share_of_practice === undefined
      ? ''
      : `${shareWords(row.share_of_practice)} of the list`,
    !hasPatients(row) || row.share_of_area === undefined
      ? ''
      : `${shareWords(row.share_of_area)} of people registered here`,
  ].filter(Boolean);
  const lines = [patientsWords(row)];
  if (shares.length > 0) lines.push(shares.join(', '));
  return lines.map(capital);
}

/** Growth in per cent with its sign: "+22.4%". */
export const growthWords = (share: number): string => {
  const text = shareWords(share);
  return /^[1-9]|^0\.\d*[1-9]/.test(text) ? `+${text}` : text;
};
