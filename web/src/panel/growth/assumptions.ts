//! The assumptions of housing growth that are numbers: their limits, and where in the view each belongs.
import type { Assumption, Need } from '../../catchment-types';
import { list } from '../../format';
import type { GrowthParameter } from '../../parameters';
import type { Limits } from '../number';

const YEAR = { min: 1990, max: 2100, whole: true, unit: '' };
const SHARE = { min: 0, max: 1, percent: true };

export const LIMITS: Partial<Record<GrowthParameter, Limits>> = {
  'household-size': { min: 0.1, max: 20, unit: 'people' },
  'share-new': SHARE,
  from: YEAR,
  to: YEAR,
  'square-metres-per-patient': { min: 0, max: 10, unit: 'm²' },
  'spare-square-metres': { min: 0, max: 1_000_000, unit: 'm²' },
  'cost-per-square-metre': { min: 0, max: 1_000_000, unit: 'pounds' },
  'cost-index': { min: 0, max: 100, unit: '' },
  'attendances-per-person': { min: 0, max: 100, unit: 'a year' },
  'minutes-per-attendance': { min: 0, max: 600, unit: 'minutes' },
  'missed-share': SHARE,
  'annual-hours': { min: 0, max: 8784, unit: 'hours' },
  utilisation: { min: 0, max: 1, percent: true },
};

/** What the number of people is made with. */
export const PEOPLE: GrowthParameter[] = ['household-size', 'share-new'];
export const YEARS: GrowthParameter[] = ['from', 'to'];
/** What the need for space is made with. */
export const SPACE: GrowthParameter[] = [
  'square-metres-per-patient',
  'spare-square-metres',
  'cost-per-square-metre',
  'cost-index',
];
export const ROOMS: GrowthParameter[] = [
  'attendances-per-person',
  'minutes-per-attendance',
  'missed-share',
  'annual-hours',
  'utilisation',
];

export const COUNTS = [
  { value: 'plan-period', words: 'Plan period where stated, else all' },
  { value: 'total', words: 'All homes of each site' },
  { value: 'permitted-now', words: 'Only homes permitted now' },
];

export const JOINS = [
  { value: 'observed', words: 'As their neighbours do today' },
  { value: 'all', words: 'All the practice asked about' },
  { value: 'given', words: 'By shares that I give' },
];

/** Which assumptions a figure waits for, by their names. */
export function missingWords(need: Need, assumptions: readonly Assumption[]): string {
  const names = (need.missing ?? []).map(
    (id) => assumptions.find((each) => each.id === id)?.label.toLocaleLowerCase('en-GB') ?? id,
  );
  return names.length === 0 ? 'not set' : `not set: needs ${list(names)}`;
}

/** The statuses that are added up after one of them was switched; `null` when these are the usual ones. */
export function statusesAfter(
  counted: readonly string[],
  status: string,
  on: boolean,
  usual: string | null,
): string | null {
  const next = on ? [...counted, status] : counted.filter((each) => each !== status);
  const same = usual !== null && [...next].sort().join() === usual.split(',').sort().join();
  return same ? null : next.join(',');
}
