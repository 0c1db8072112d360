//! What the interface answers about journeys; names are those of the answers.
import type { Answer } from './api-types';
import type { Mode } from './parameters';

export type Basis = 'network' | 'published' | 'estimate';

/** On what basis times are known, how far they may be wrong, and for how much of the answer. */
export interface BasisPart {
  basis: Basis;
  areas?: number;
  population?: number;
  /** In words: "about 2 minutes on average". */
  error?: string | null;
  source?: string | null;
}

export interface TravelSite {
  id: string;
  name: string;
  kind?: string;
  lon: number;
  lat: number;
  /** Metres from the site to the road on which journeys begin. */
  snap_metres?: number | null;
  /** Areas to which no other site is nearer, and the people in them. */
  areas?: number;
  population?: number;
  /** Whether the question put it there. */
  added?: boolean;
}

export interface TravelRow {
  code: string;
  name: string;
  alias?: string;
  /** Position of the nearest site. */
  site?: number | null;
  minutes?: number | null;
  kilometres?: number | null;
  basis?: Basis | null;
  band?: number | null;
  population?: number | null;
  /** Why no time is given. */
  reason?: string | null;
}

/** A limit, in the unit that was asked for. */
interface Limit {
  minutes?: number;
  kilometres?: number;
}

export interface Within extends Limit {
  people: number;
  share?: number;
}

export interface Times {
  mean?: number;
  median?: number;
  p90?: number;
}

export interface Group extends Times {
  label?: string;
  code?: string;
  name?: string;
  quintile?: number;
  population: number;
  within: Within[];
}

export interface TravelBand {
  label: string;
  min: number | null;
  max: number | null;
  colour: string;
  areas: number;
  population: number;
  share?: number;
}

export interface Gain extends Limit {
  before: number;
  after: number;
  gained: number;
}

export interface Change {
  /** Position of the new site. */
  site: number;
  name: string;
  people: number;
  areas: number;
  minutes_saved_mean?: number;
  kilometres_saved_mean?: number;
  within: Gain[];
  by_deprivation_quintile: {
    quintile: number;
    label: string;
    people: number;
    saved_mean?: number;
    within: Gain[];
  }[];
}

export interface TravelQuestion {
  to?: string;
  at?: string;
  mode: Mode;
  time: string;
  direction: 'to' | 'from';
  by?: 'minutes' | 'kilometres';
  area_type?: string;
  bands?: string;
  combine?: string;
  /** In words. */
  within?: string;
}

export interface NearestAnswer extends Answer {
  question: TravelQuestion;
  sentence: string;
  basis: BasisPart[];
  sites: TravelSite[];
  areas: TravelRow[];
  bands: { kind: string; classes: TravelBand[]; missing: { areas: number; population: number } };
  within: Within[];
  summary: Times & { population: number };
  by_district: Group[];
  by_deprivation_quintile: Group[];
  by_age: Group[];
  change: Change | null;
  notes: string[];
}

export interface ReachProperties {
  minutes: number;
  /** Position of its place; `null` where places go together. */
  place: number | null;
  place_name?: string;
  people: number;
  areas: number;
  basis: Basis;
  colour: string;
  label: string;
}

export type ReachFeature = GeoJSON.Feature<GeoJSON.Polygon | GeoJSON.MultiPolygon, ReachProperties>;

export interface ReachAnswer extends Answer {
  type: 'FeatureCollection';
  features: ReachFeature[];
  question: TravelQuestion;
  sentence: string;
  basis: BasisPart[];
  people: Within[];
  places: TravelSite[];
  notes: string[];
}

export interface NetworkMode {
  mode: Mode;
  junctions: number;
  links: number;
  kilometres: number;
}

/** What journeys the edition can work out. */
export interface RoadNetwork extends Answer {
  held: boolean;
  source?: string | null;
  /** Ways of travelling that can be asked for. */
  modes: Mode[];
  by_mode: NetworkMode[];
  speeds?: { name?: string; origin?: string } | null;
  timetable?: { source?: string; note?: string } | null;
  published: { mode: Mode; note: string; source: string; sites: { id?: string | null; name: string }[] }[];
  estimate: { formula: string; error: string };
}
