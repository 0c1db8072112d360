//! The addresses of the interface for practices, catchments and housing growth.
import {
  AGAINST_PARAMETERS,
  type AgainstValues,
  CATCHMENT_PARAMETERS,
  type CatchmentValues,
  type Definition,
  GROWTH_PARAMETERS,
  type GrowthValues,
  ordered,
} from './parameters';

/** The definition that holds when the link names none: the core of a list, or what a shape without a practice is. */
export function definitionOf(values: CatchmentValues | AgainstValues): Definition | null {
  if (values.definition) return values.definition as Definition;
  if (values.practice) return 'core';
  if (values.polygon) return 'polygon';
  if ('areas' in values && values.areas) return 'areas';
  if (values.lon && values.lat) return 'radius';
  return null;
}

/** Parameters that each definition uses; the others may stay in the link but are not asked with. */
const USED: Record<Definition, readonly string[]> = {
  reach: ['patients'],
  'market-share': ['share'],
  plurality: [],
  core: ['share'],
  radius: ['metres', 'lon', 'lat', 'membership'],
  'travel-time': ['minutes', 'mode', 'time', 'direction', 'lon', 'lat'],
  polygon: ['polygon', 'membership'],
  areas: ['areas'],
};

/** Whether the link holds enough to ask about a catchment. */
export function askable(values: CatchmentValues | AgainstValues): boolean {
  const definition = definitionOf(values);
  if (definition === 'polygon') return Boolean(values.polygon);
  if (definition === 'areas') return 'areas' in values && Boolean(values.areas);
  if (definition === 'radius' || definition === 'travel-time')
    return Boolean(values.practice || (values.lon && values.lat));
  return definition !== null && Boolean(values.practice);
}

/** The parameters of a catchment without those of other definitions. */
export function catchmentParameters(values: CatchmentValues | AgainstValues): [string, string][] {
  const definition = definitionOf(values);
  if (!definition) return [];
  const used = ['definition', 'compare', ...USED[definition]];
  return ordered({ ...AGAINST_PARAMETERS, ...CATCHMENT_PARAMETERS }, { ...values, definition }).filter(
    ([name]) => used.includes(name),
  );
}

const query = (parameters: [string, string][]) =>
  parameters.map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%2C', ',')}`).join('&');

const address = (path: string, parameters: [string, string][]) =>
  parameters.length === 0 ? path : `${path}?${query(parameters)}`;

export const practicePath = (practice: string): string => `/api/practices/${encodeURIComponent(practice)}`;

export type Format = 'json' | 'csv' | 'geojson';

export function catchmentPath(values: CatchmentValues | AgainstValues, format: Format): string {
  const parameters = catchmentParameters(values);
  const definition = definitionOf(values);
  if (values.practice)
    return address(`${practicePath(values.practice)}/catchment`, [...parameters, ['f', format]]);
  const own = parameters.filter(([name]) => name !== 'definition');
  return address(`/api/catchments/${definition}`, [...own, ['f', format]]);
}

/** Growth parameters that the definitions' table needs too, and the sizes that the link gives to its own definitions. */
export function definitionsPath(values: CatchmentValues, growth: GrowthValues, format: Format): string {
  const sizes = ordered(
    {
      patients: 'number',
      metres: 'number',
      polygon: 'shape',
    },
    values,
  );
  return address(`${practicePath(values.practice ?? '')}/definitions`, [
    ...sizes,
    ...ordered(GROWTH_PARAMETERS, growth),
    ['f', format],
  ]);
}

export function growthPath(values: CatchmentValues, growth: GrowthValues, format: Format): string {
  const practice: [string, string][] = values.practice ? [['practice', values.practice]] : [];
  return address('/api/housing-growth', [
    ...practice,
    ...catchmentParameters(values).filter(([name]) => name !== 'compare'),
    ...ordered(GROWTH_PARAMETERS, growth),
    ['f', format],
  ]);
}

/** The second catchment is that of the same practice where the link names no other. */
export function againstValues(catchment: CatchmentValues, against: AgainstValues): AgainstValues | null {
  if (Object.keys(against).length === 0) return null;
  const values =
    against.practice || !catchment.practice ? against : { practice: catchment.practice, ...against };
  return askable(values) ? values : null;
}
