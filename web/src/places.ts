//! Places as a journey's question lists them: kinds of sites, sites by id, areas by code, or coordinates with a name.
import type { Candidate } from './api-types';
import { areaName, number } from './format';

export interface Point {
  lon: number;
  lat: number;
}

export interface Place {
  /** As the link and the interface carry it. */
  text: string;
  /** In words, as far as the text alone can tell. */
  name: string;
  /** Only of a place given by its coordinates. */
  point: Point | null;
}

/** Sites of the edition that can be asked for together. */
export const SITES = [
  { value: 'hospitals:acute', words: 'Acute hospitals', one: 'acute hospital', collection: 'hospitals' },
  {
    value: 'hospitals:community',
    words: 'Community hospitals',
    one: 'community hospital',
    collection: 'hospitals',
  },
  { value: 'hospitals', words: 'All hospitals', one: 'hospital', collection: 'hospitals' },
  { value: 'practices', words: 'GP practices', one: 'practice', collection: 'practices' },
  { value: 'pharmacies', words: 'Pharmacies', one: 'pharmacy', collection: 'pharmacies' },
] as const;

/** Places of one's own are wanted, but none is given yet. */
export const OWN = 'own';
export const USUAL_SITES = SITES[0].value;

/** At most so many places of one's own at a time: more cannot be told apart on a map. */
export const MOST_PLACES = 10;

const DIGITS = 5;
const degrees = (value: number): string => String(Number(value.toFixed(DIGITS)));

/** Semicolons and commas separate places and their parts, so that a name cannot hold them. */
export const placeName = (name: string): string =>
  name
    .replaceAll(/[;,:]+/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

export function placeText(lon: number, lat: number, name = ''): string {
  const said = placeName(name);
  return [degrees(lon), degrees(lat), ...(said ? [said] : [])].join(',');
}

export const coordinateWords = ({ lon, lat }: Point): string =>
  `${number(Math.abs(lat), 4)}° ${lat < 0 ? 'S' : 'N'}, ${number(Math.abs(lon), 4)}° ${lon < 0 ? 'W' : 'E'}`;

function place(text: string): Place {
  const [first = '', second = '', ...rest] = text.split(',').map((each) => each.trim());
  const [lon, lat] = [Number(first), Number(second)];
  if (first !== '' && second !== '' && Number.isFinite(lon) && Number.isFinite(lat)) {
    const point = { lon, lat };
    return { text, name: rest.join(' ') || coordinateWords(point), point };
  }
  const kind = SITES.find((each) => each.value === text);
  return { text, name: kind?.words ?? text.replace(/^[a-z-]+:/, ''), point: null };
}

export const placesOf = (text: string | undefined): Place[] =>
  (text ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '' && each !== OWN)
    .map(place);

/** The list with one more place; one that stands there already is not added again. */
export function withPlace(text: string | undefined, added: string): string {
  const all = placesOf(text).map((each) => each.text);
  return all.includes(added) ? all.join(';') : [...all, added].join(';');
}

export const withoutPlace = (text: string | undefined, removed: string): string =>
  placesOf(text)
    .map((each) => each.text)
    .filter((each) => each !== removed)
    .join(';');

const COLLECTIONS: Record<string, string> = {
  hospital: 'hospitals',
  practice: 'practices',
  pharmacy: 'pharmacies',
  'housing-site': 'housing-sites',
};

/** What is found by a search, as a place: by its id where one is held, for published times go by ids. */
export function candidatePlace(candidate: Candidate): string | null {
  const collection = COLLECTIONS[candidate.type];
  if (collection && candidate.code && candidate.centroid) return `${collection}:${candidate.code}`;
  const [lon, lat] = candidate.centroid ?? [];
  if (lon === undefined || lat === undefined) return null;
  return placeText(lon, lat, areaName(candidate));
}

/** Letters while they suffice, else numbers: what marks a place on the map, in the key and in the table. */
export const markOf = (index: number, count: number): string =>
  count <= 26 ? String.fromCharCode(65 + index) : String(index + 1);
