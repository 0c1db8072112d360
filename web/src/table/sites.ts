//! What is said of a housing site in a table: its place, its years, and why it is not added up.
import type { Site } from '../catchment-types';
import { number } from '../format';

const PRECISION: Record<string, string> = {
  exact: 'Located',
  postcode: 'Located by postcode',
  approximate: 'Approximate',
};

export function placeWords(site: Pick<Site, 'point' | 'precision'>): string {
  if (!site.point) return 'Not located';
  return PRECISION[site.precision ?? 'exact'] ?? 'Located';
}

export function yearsWords(site: Pick<Site, 'first_year' | 'last_year' | 'plan_period'>): string {
  const { first_year: first, last_year: last } = site;
  if (first !== undefined && last !== undefined)
    return first === last ? String(first) : `${first} to ${last}`;
  if (last !== undefined) return `by ${last}`;
  if (first !== undefined) return `from ${first}`;
  return 'undated';
}

/** The homes of a site that are added up, or why none are. */
export function countedWords(
  site: Pick<Site, 'counted' | 'counted_dwellings' | 'why_not' | 'part_of'>,
): string {
  if (site.counted) return number(site.counted_dwellings);
  return `no: ${site.why_not ?? (site.part_of ? `a part of ${site.part_of}` : 'left out')}`;
}
