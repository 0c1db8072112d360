//! The parameters of catchments and housing growth: the same names in the page's link and in the interface.

const MEASURED = {
  /** Least patients in an area, for `reach`. */
  patients: 'number',
  share: 'number',
  metres: 'number',
  lon: 'number',
  lat: 'number',
  polygon: 'shape',
} as const;

/** Which catchment is asked about. */
export const CATCHMENT_PARAMETERS = {
  practice: 'codes',
  definition: ['reach', 'market-share', 'plurality', 'core', 'radius', 'polygon', 'areas'],
  ...MEASURED,
  areas: 'codes',
  membership: ['centroid', 'area-share'],
  compare: 'codes',
} as const;

/** A second catchment, to stand beside the first. */
export const AGAINST_PARAMETERS = {
  practice: 'codes',
  definition: ['reach', 'market-share', 'plurality', 'core', 'radius', 'polygon'],
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

export type Kind = 'number' | 'codes' | 'shape' | 'text' | readonly string[];
type Values<Names extends string> = Readonly<Partial<Record<Names, string>>>;

export type CatchmentParameter = keyof typeof CATCHMENT_PARAMETERS;
export type AgainstParameter = keyof typeof AGAINST_PARAMETERS;
export type GrowthParameter = keyof typeof GROWTH_PARAMETERS;
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
    notice: `The link asks for the ${name.replace('against-', '')} “${text}”, which this page does not have; the usual one is used.`,
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
