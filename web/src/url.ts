//! The link is the state: reads a view from the address, writes one into it, and owns the browser's history.

import {
  AGAINST_PARAMETERS,
  type AgainstValues,
  CATCHMENT_PARAMETERS,
  type CatchmentValues,
  GROWTH_PARAMETERS,
  type GrowthValues,
  type Kind,
  ordered,
  readValue,
  TRAVEL_PARAMETERS,
  type TravelValues,
} from './parameters';

export const QUESTIONS = ['need', 'area', 'practice', 'travel', 'growth'] as const;
export type Question = (typeof QUESTIONS)[number];

/** What a catchment's areas are shaded by. */
export const SHADES = ['patients', 'share-of-practice', 'share-of-area'] as const;
export type ShadeBy = (typeof SHADES)[number];

export interface MapPlace {
  lon: number;
  lat: number;
  zoom: number;
}

/** Everything a reader can choose. `null` means "the edition's default", and is left out of the link. */
export interface View {
  question: Question;
  measure: string | null;
  areaType: string | null;
  period: string | null;
  sex: string | null;
  age: string | null;
  method: string | null;
  classes: string | null;
  breaks: string | null;
  within: string[];
  scheme: string | null;
  area: string | null;
  /** A housing site, by its own id. */
  site: string | null;
  catchment: CatchmentValues;
  against: AgainstValues;
  growth: GrowthValues;
  travel: TravelValues;
  shade: ShadeBy | null;
  flows: boolean;
  table: boolean;
  sort: string | null;
  map: MapPlace | null;
}

export const DEFAULT_VIEW: View = Object.freeze({
  question: 'need',
  measure: null,
  areaType: null,
  period: null,
  sex: null,
  age: null,
  method: null,
  classes: null,
  breaks: null,
  within: [],
  scheme: null,
  area: null,
  site: null,
  catchment: Object.freeze({}),
  against: Object.freeze({}),
  growth: Object.freeze({}),
  travel: Object.freeze({}),
  shade: null,
  flows: false,
  table: false,
  sort: null,
  map: null,
}) as View;

/** The members of a view that are plain words, with the parameter that carries each, in the order of the link. */
const WORDS = [
  ['measure', 'measure'],
  ['area-type', 'areaType'],
  ['period', 'period'],
  ['sex', 'sex'],
  ['age', 'age'],
  ['method', 'method'],
  ['classes', 'classes'],
  ['breaks', 'breaks'],
  ['scheme', 'scheme'],
  ['area', 'area'],
  ['site', 'site'],
  ['sort', 'sort'],
] as const;

/** The members of a view that hold parameters of the interface, with what goes before their names in the link. */
interface Group {
  member: 'catchment' | 'against' | 'growth' | 'travel';
  prefix: string;
  table: Record<string, Kind>;
}

const GROUPS: Group[] = [
  { member: 'catchment', prefix: '', table: CATCHMENT_PARAMETERS },
  { member: 'against', prefix: 'against-', table: AGAINST_PARAMETERS },
  { member: 'growth', prefix: '', table: GROWTH_PARAMETERS },
  { member: 'travel', prefix: 'travel-', table: TRAVEL_PARAMETERS },
];

const groupOf = (name: string) =>
  GROUPS.find(
    (group) => name.startsWith(group.prefix) && Object.hasOwn(group.table, name.slice(group.prefix.length)),
  );

/** Area codes are written in capitals; a link typed by hand may not be. */
const code = (text: string) => text.trim().toUpperCase();

function mapPlace(text: string): MapPlace | null {
  const parts = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [lon, lat, zoom] = parts;
  if (parts.length !== 3 || lon === undefined || lat === undefined || zoom === undefined) return null;
  const inside = Math.abs(lon) <= 180 && Math.abs(lat) <= 85 && zoom >= 0 && zoom <= 22;
  return inside ? { lon, lat, zoom } : null;
}

export interface Read {
  view: View;
  /** What in the link could not be used, in words. */
  notices: string[];
}

/** Reads a view from the query part of an address. */
export function parse(search: string): Read {
  const view: View = { ...DEFAULT_VIEW, within: [] };
  const notices: string[] = [];
  const seen = new Set<string>();
  for (const [name, raw] of new URLSearchParams(search)) {
    const value = raw.trim();
    if (seen.has(name)) {
      notices.push(`The link gives “${name}” more than once; the first is used.`);
      continue;
    }
    seen.add(name);
    if (value === '') continue;
    const word = WORDS.find(([parameter]) => parameter === name);
    const group = groupOf(name);
    if (word) {
      view[word[1]] = name === 'area' ? code(value) : value;
    } else if (group) {
      const own = name.slice(group.prefix.length);
      const read = readValue(name, group.table[own] as Kind, value);
      if ('notice' in read) notices.push(read.notice);
      else if (read.value !== '') view[group.member] = { ...view[group.member], [own]: read.value };
    } else if (name === 'shade') {
      view.shade = SHADES.find((each) => each === value) ?? null;
      if (!view.shade)
        notices.push(`The link asks for shading by “${value}”; it can be by ${SHADES.join(', ')}.`);
    } else if (name === 'flows') {
      if (value === 'yes') view.flows = true;
      else notices.push(`The link says “flows=${value}”; only “yes” shows the lines.`);
    } else if (name === 'within') {
      view.within = [...new Set(value.split(',').map(code).filter(Boolean))];
    } else if (name === 'view') {
      const question = QUESTIONS.find((each) => each === value);
      if (question) view.question = question;
      else notices.push(`The link asks for the view “${value}”, which this page does not have.`);
    } else if (name === 'read') {
      if (value === 'table') view.table = true;
      else notices.push(`The link asks to read the map as “${value}”; only “table” is offered.`);
    } else if (name === 'map') {
      view.map = mapPlace(value);
      if (!view.map)
        notices.push(
          'The place of the map in the link is not “longitude,latitude,zoom”; the whole area is shown.',
        );
    } else {
      notices.push(`The link holds “${name}”, which this page does not know; it is left out.`);
    }
  }
  return { view, notices };
}

/** Commas, colons and semicolons stay readable: people quote these links in reports. */
export const encode = (value: string) =>
  encodeURIComponent(value)
    .replaceAll('%2C', ',')
    .replaceAll('%3A', ':')
    .replaceAll('%3B', ';')
    .replaceAll('%20', '+');

const round = (value: number, digits: number) => String(Number(value.toFixed(digits)));

/** Writes a view as the query part of an address: `""` for the edition's default view. */
export function write(view: View): string {
  const parts: [string, string][] = [];
  if (view.question !== 'need') parts.push(['view', view.question]);
  for (const [parameter, member] of WORDS) {
    const value = view[member];
    if (value !== null && value !== '') parts.push([parameter, value]);
    if (parameter === 'breaks' && view.within.length > 0) parts.push(['within', view.within.join(',')]);
  }
  for (const { member, prefix, table } of GROUPS)
    for (const [name, value] of ordered(table, view[member])) parts.push([prefix + name, value]);
  if (view.shade) parts.push(['shade', view.shade]);
  if (view.flows) parts.push(['flows', 'yes']);
  if (view.table) parts.push(['read', 'table']);
  if (view.map) {
    const { lon, lat, zoom } = view.map;
    parts.push(['map', [round(lon, 4), round(lat, 4), round(zoom, 2)].join(',')]);
  }
  if (parts.length === 0) return '';
  return `?${parts.map(([name, value]) => `${name}=${encode(value)}`).join('&')}`;
}

/** What the history needs of a window: kept this small so that a test can stand one in. */
export interface HistoryHost {
  location: { search: string; pathname: string };
  history: {
    pushState(data: unknown, unused: string, url: string): void;
    replaceState(data: unknown, unused: string, url: string): void;
  };
  addEventListener(type: 'popstate', listener: () => void): void;
}

export type Cause = 'open' | 'choice' | 'map' | 'back';

/** Keeps the address and the listener in step: choices can be undone with Back, moves of the map replace each other. */
export class Link {
  readonly #host: HistoryHost;
  readonly #changed: (read: Read, cause: Cause) => void;

  constructor(host: HistoryHost, changed: (read: Read, cause: Cause) => void) {
    this.#host = host;
    this.#changed = changed;
    host.addEventListener('popstate', () => this.#tell('back'));
  }

  open(): void {
    this.#tell('open');
  }

  choose(view: View): void {
    const address = this.#address(view);
    if (address === this.#host.location.pathname + this.#host.location.search) return;
    this.#host.history.pushState(null, '', address);
    this.#tell('choice');
  }

  moveMap(view: View): void {
    this.#host.history.replaceState(null, '', this.#address(view));
    this.#tell('map');
  }

  #address(view: View): string {
    return this.#host.location.pathname + write(view);
  }

  #tell(cause: Cause): void {
    this.#changed(parse(this.#host.location.search), cause);
  }
}
