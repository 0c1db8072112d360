//! The parameters of catchments and housing growth: the same names in the page's link and in the interface.

export const MODES = ['car', 'walk', 'cycle', 'transit'] as const;
export type Mode = (typeof MODES)[number];
export const TIMES = ['free-flow', 'off-peak', 'morning-peak'] as const;
/** From where people live to the site, or the other way: with one-way streets the two differ. */
export const DIRECTIONS = ['to', 'from'] as const;

const MEASURED = {
  /** Least patients in an area, for `reach`. */
  patients: 'number',
  share: 'number',
  metres: 'number',
  lon: 'number',
  lat: 'number',
  polygon: 'shape',
  minutes: 'number',
  mode: MODES,
  time: TIMES,
  direction: DIRECTIONS,
} as const;

/** Which catchment is asked about. */
export const CATCHMENT_PARAMETERS = {
  practice: 'codes',
  definition: ['reach', 'market-share', 'plurality', 'core', 'radius', 'travel-time', 'polygon', 'areas'],
  ...MEASURED,
  areas: 'codes',
  membership: ['centroid', 'area-share'],
  compare: 'codes',
} as const;

/** A second catchment, to stand beside the first. */
export const AGAINST_PARAMETERS = {
  practice: 'codes',
  definition: ['reach', 'market-share', 'plurality', 'core', 'radius', 'travel-time', 'polygon'],
  ...MEASURED,
} as const;

/** What housing growth assumes. */
export const GROWTH_PARAMETERS = {
  'household-size': 'number',
  'share-new': 'number',
  status: 'text',
  count: ['plan-period', 'total', 'permitted-now'],
  from: 'number',
  to: 'number',
  joins: ['observed', 'all', 'given'],
  joining: 'text',
  'square-metres-per-patient': 'number',
  'spare-square-metres': 'number',
  'cost-per-square-metre': 'number',
  'cost-index': 'number',
  'attendances-per-person': 'number',
  'minutes-per-attendance': 'number',
  'missed-share': 'number',
  'annual-hours': 'number',
  utilisation: 'number',
} as const;

/** Journeys: to the nearest of several sites, or from places outwards. In the link each name follows `travel-`. */
export const TRAVEL_PARAMETERS = {
  ask: ['nearest', 'reach'],
  /** Sites, for `nearest`: kinds of them, ids, area codes or coordinates, with semicolons between. */
  to: 'text',
  /** Places, for `reach`, in the same words. */
  at: 'text',
  mode: MODES,
  time: TIMES,
  direction: DIRECTIONS,
  by: ['minutes', 'kilometres'],
  minutes: 'numbers',
  bands: ['standard', 'local'],
  combine: ['separate', 'union', 'overlap'],
  /** A site that is not there yet. */
  adding: 'text',
  /** What the map's colours mean. */
  colours: ['bands', 'sites'],
  /** Which of the tables is read. */
  table: ['areas', 'sites', 'people'],
} as const;

export type Kind = 'number' | 'numbers' | 'codes' | 'shape' | 'text' | readonly string[];
type Values<Names extends string> = Readonly<Partial<Record<Names, string>>>;

export type CatchmentParameter = keyof typeof CATCHMENT_PARAMETERS;
export type AgainstParameter = keyof typeof AGAINST_PARAMETERS;
export type GrowthParameter = keyof typeof GROWTH_PARAMETERS;
export type TravelParameter = keyof typeof TRAVEL_PARAMETERS;
export type TravelValues = Values<TravelParameter>;
export type CatchmentValues = Values<CatchmentParameter>;
export type AgainstValues = Values<AgainstParameter>;
export type GrowthValues = Values<GrowthParameter>;

export const DEFINITIONS = CATCHMENT_PARAMETERS.definition;
export type Definition = (typeof DEFINITIONS)[number];

const trimmed = (text: string) => text.replace(/^0+(?=\d)/, '');

/** The text as the link carries it, or the words for why it cannot be used. */
export function readValue(name: string, kind: Kind, text: string): { value: string } | { notice: string } {
  if (kind === 'number') {
    const plain = trimmed(text.replace('\u2212', '-').replaceAll(/(?<=\d),(?=\d{3})/g, ''));
    if (plain !== '' && Number.isFinite(Number(plain))) return { value: plain };
    return { notice: `“${text}” in the link is not a number; “${name}” is left at its usual value.` };
  }
  if (kind === 'numbers') {
    const parts = text.split(/[,;\s]+/).filter(Boolean);
    const plain = parts.map(trimmed);
    if (plain.length > 0 && plain.every((each) => Number.isFinite(Number(each))))
      return { value: plain.join(',') };
    return {
      notice: `“${text}” in the link are not numbers with commas between; “${name}” is left as usual.`,
    };
  }
  if (kind === 'codes') {
    const codes = text.split(',').map((each) => each.trim().toUpperCase());
    return { value: [...new Set(codes.filter(Boolean))].join(',') };
  }
  if (kind === 'shape') {
    if (/^(multi)?polygon\s*\(/i.test(text)) return { value: text };
    return { notice: `The shape in the link (“${name}”) is not a polygon in WKT; no shape is used.` };
  }
  if (kind === 'text' || kind.includes(text)) return { value: text };
  return {
    notice: `The link asks for the ${name.replace(/^(against|travel)-/, '')} “${text}”, which this page does not have; the usual one is used.`,
  };
}

/** The values with some of them changed; `null` takes one away, so that its default holds again. */
export function changed<T extends Readonly<Record<string, string | undefined>>>(
  values: T,
  patch: { [Name in keyof T]?: string | null },
): T {
  const next = Object.entries({ ...values, ...patch }).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(next) as T;
}

/** The values in the order of their table: links and requests for the same view are the same text. */
export function ordered(
  table: Readonly<Record<string, Kind>>,
  values: Readonly<Record<string, string | undefined>>,
): [string, string][] {
  return Object.keys(table).flatMap((name) => {
    const value = values[name];
    return value === undefined || value === '' ? [] : [[name, value] as [string, string]];
  });
}
