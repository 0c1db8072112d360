//! The addresses of the interface for journeys, and what each question needs before it can be asked.
import { ordered, TRAVEL_PARAMETERS, type TravelValues } from './parameters';
import { OWN, placesOf, USUAL_SITES } from './places';

export type Ask = 'nearest' | 'reach';
export type TravelFormat = 'json' | 'geojson' | 'csv';

export const askOf = (values: TravelValues): Ask => (values.ask === 'reach' ? 'reach' : 'nearest');
export const modeOf = (values: TravelValues) =>
  (values.mode ?? 'car') as (typeof TRAVEL_PARAMETERS.mode)[number];

/** What people are asked about where the link does not say: the hospitals that every plan of a county begins with. */
export const sitesOf = (values: TravelValues): string => values.to ?? USUAL_SITES;

/** Limits that hold where the link names none, in minutes or kilometres. */
export function usualLimits(values: TravelValues): string {
  if (askOf(values) === 'reach') return '10,20,30';
  return values.by === 'kilometres' ? '2,5,10,15,20,30' : '10,15,20,30,45,60';
}

export function travelAskable(values: TravelValues): boolean {
  if (askOf(values) === 'reach') return placesOf(values.at).length > 0;
  const sites = sitesOf(values);
  return sites !== OWN && placesOf(sites).length > 0;
}

/** Parameters that only one of the two questions uses, or only the page itself. */
const USED: Record<Ask, readonly string[]> = {
  nearest: ['to', 'mode', 'time', 'direction', 'by', 'minutes', 'bands', 'adding'],
  reach: ['at', 'mode', 'time', 'direction', 'minutes', 'combine'],
};

const encoded = (text: string) =>
  encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%3B', ';');

function address(path: string, parameters: [string, string][]): string {
  return `${path}?${parameters.map(([name, value]) => `${name}=${encoded(value)}`).join('&')}`;
}

/** Only cars meet the morning peak. */
function asked(values: TravelValues): TravelValues {
  const { time, ...rest } = values;
  return modeOf(values) === 'car' && time !== undefined ? { ...rest, time } : rest;
}

export function travelPath(values: TravelValues, within: readonly string[], format: TravelFormat): string {
  const ask = askOf(values);
  const all = asked(ask === 'nearest' ? { ...values, to: sitesOf(values) } : values);
  const parameters = ordered(TRAVEL_PARAMETERS, all).filter(([name]) => USED[ask].includes(name));
  if (ask === 'nearest' && within.length > 0) parameters.push(['within', within.join(',')]);
  parameters.push(['f', format]);
  return address(ask === 'nearest' ? '/api/travel-times' : '/api/isochrones', parameters);
}

/** Cutoffs as they are typed: the words of a refusal, or the numbers as the link carries them, going up. */
export function typedMinutes(text: string): { value: string | null } | { fault: string } {
  const parts = text.split(/[,;\s]+/).filter(Boolean);
  if (parts.length === 0) return { value: null };
  const odd = parts.find((each) => !Number.isFinite(Number(each)));
  if (odd !== undefined) return { fault: `“${odd}” is not a number. Write minutes as 10, 20, 30.` };
  const numbers = [...new Set(parts.map(Number))].sort((a, b) => a - b);
  const far = numbers.find((each) => each <= 0 || each > 240);
  if (far !== undefined)
    return { fault: `${far} minutes cannot be asked for: more than 0, and at most 240.` };
  if (numbers.length > 10) return { fault: 'At most ten times can be asked for at once.' };
  return { value: numbers.join(',') };
}
