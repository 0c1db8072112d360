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
  kind?: string | null;
  lon: number;
  lat: number;
  /** Metres from the site to the road on which journeys begin. */
  snap_metres?: number | null;
  /** Areas to which no other site is nearer, and the people in them. */
  areas?: number;
  population?: number;
}

export interface TravelRow {
  code: string;
  name: string;
  alias?: string | null;
  /** Position of the nearest site. */
  site?: number | null;
  minutes?: number | null;
  kilometres?: number | null;
  basis?: Basis | null;
  band?: number | null;
  population: number;
  /** Why no time is given. */
  reason?: string | null;
}

export interface Within {
  minutes: number;
  people: number;
  share: number;
}

export interface Times {
  mean?: number | null;
  median?: number | null;
  p90?: number | null;
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
  share: number;
}

export interface Gain {
  minutes: number;
  before: number;
  after: number;
  gained: number;
}

export interface Change {
  site: TravelSite;
  people: number;
  minutes_saved_mean?: number | null;
  within: Gain[];
  by_deprivation_quintile: { quintile: number; label: string; within: Gain[]; people?: number }[];
}

export interface TravelQuestion {
  to?: string;
  at?: string;
  mode: Mode;
  time?: string | null;
  direction: 'to' | 'from';
  by?: 'minutes' | 'kilometres';
  area_type?: string;
  bands?: string;
  within?: unknown;
}

export interface NearestAnswer extends Answer {
  question: TravelQuestion;
  sentence: string;
  basis: BasisPart[];
  sites: TravelSite[];
  areas: TravelRow[];
  bands: { kind: string; classes: TravelBand[]; missing: { areas: number; population: number } };
  within: Within[];
  summary: Times;
  by_district: Group[];
  by_deprivation_quintile: Group[];
  by_age: Group[];
  change: Change | null;
  notes: string[];
}

export interface ReachProperties {
  minutes: number;
  /** Absent where the places are joined. */
  place?: string | null;
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
  junctions?: number;
  links?: number;
  kilometres?: number;
  modes?: NetworkMode[];
  speeds?: { name: string; origin?: string; classes?: unknown[] } | null;
  timetable?: { source?: string; note?: string } | null;
  published: { mode: Mode; sites: number; note?: string; source?: string }[];
  estimate?: { formula: string; error: string } | null;
}
