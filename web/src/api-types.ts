//! What the interface answers, as types; names are those of the answers themselves.

export type Bbox = [number, number, number, number];

export interface Source {
  id: string;
  publisher: string;
  title: string;
  edition: string;
  licence: string;
  licence_url?: string;
  attribution?: string;
  url?: string;
}

/** What every JSON answer carries beside its own members. */
export interface Answer {
  /** `version` changes with every byte of the edition; addresses that carry it may be kept for ever. */
  edition: { id: string; version?: string; title: string };
  sources: Source[];
}

export interface AreaType {
  id: string;
  name: string;
  singular: string;
  singular_exact: string;
  plural: string;
  note?: string;
  areas: number;
  collection: string;
  selectable: boolean;
}

export interface Landing extends Answer {
  title: string;
  description: string;
  extent: { bbox: Bbox };
  default_view: { measure: string; area_type: string; method?: string; classes?: number };
  basemap_style?: string;
  area_types: AreaType[];
  attribution: string;
}

export interface Collection {
  id: string;
  title: string;
  kind: 'area' | 'context' | 'place';
  count: number;
}

export interface Collections extends Answer {
  collections: Collection[];
}

export type Polarity = 'higher-is-worse' | 'higher-is-better' | 'none';
export type Kind = 'derived' | 'counted' | 'published' | 'modelled' | 'approximate' | 'estimated';
export type Status = 'suppressed' | 'not_held' | 'not_applicable';

export interface Field {
  id: string;
  name: string;
  unit: string;
  decimals: number;
  polarity: Polarity;
  high_end: string;
  low_end: string;
  scheme: string;
}

export interface Held {
  area_type: string;
  field: string;
  kind: Kind;
  note?: string;
  periods: string[];
  sexes?: string[];
  ages?: string[];
  methods: string[];
  default_method: string;
}

export interface Measure {
  id: string;
  name: string;
  short_name: string;
  theme: string;
  definition: string;
  source: string;
  default_field: string;
  fields: Field[];
  held: Held[];
}

export interface Theme {
  id: string;
  name: string;
}

export interface Measures extends Answer {
  themes: Theme[];
  measures: Measure[];
}

export interface MeasureRef {
  id: string;
  field: string;
  name: string;
  field_name: string;
  label: string;
  unit: string;
  decimals: number;
  period: string;
  sex?: string;
  age?: string;
  kind: Kind;
  note?: string;
  polarity: Polarity;
  high_end: string;
  low_end: string;
}

export interface Extent {
  label: string;
  codes: string[];
}

export interface Row {
  index: number;
  code: string;
  name: string;
  alias?: string;
  district?: { code: string; name: string };
  value?: number;
  status?: Status;
  class?: number;
  lower?: number;
  upper?: number;
  count?: number;
  denominator?: number;
  rank?: number;
  decile?: number;
  population?: number;
}

export interface Values extends Answer {
  measure: MeasureRef;
  area_type: string;
  extent: Extent;
  values: Row[];
  national?: { rank_of: number; label: string };
}

export interface MapClass {
  index: number;
  name?: string;
  label: string;
  min: number;
  max: number;
  colour: string;
  areas: number;
  population: number;
}

export interface Count {
  areas: number;
  population: number;
}

export interface Classes extends Answer {
  measure: MeasureRef;
  area_type: string;
  direction: string;
  extent: Extent;
  method: { id: string; label: string; note?: string };
  breaks: number[];
  scheme: string;
  population_source: string;
  classes: MapClass[];
  missing: Count & { colour: string; by_status?: Partial<Record<Status, Count>> };
}

export interface AreaRank {
  code: string;
  name: string;
  area_type: string;
  rank: number;
  of: number;
  text: string;
}

export interface CardValue {
  field: string;
  field_name: string;
  unit: string;
  decimals: number;
  period: string;
  sex?: string;
  age?: string;
  kind: Kind;
  note?: string;
  value?: number;
  status?: Status;
  lower?: number;
  upper?: number;
  count?: number;
  denominator?: number;
  rank?: number;
  rank_of?: number;
  rank_text?: string;
  decile?: number;
  decile_text?: string;
  high_end: string;
  low_end: string;
  polarity: Polarity;
  ranks?: AreaRank[];
}

export interface CardMeasure {
  id: string;
  name: string;
  theme: string;
  source: string;
  values: CardValue[];
}

export interface AreaCard extends Answer {
  code: string;
  name: string;
  alias?: string;
  area_type: AreaType;
  parents: { code: string; name: string; alias?: string; area_type: string; type_name: string }[];
  children?: { area_type: string; type_name: string; count: number; href: string }[];
  population?: { value: number; period: string; source: string };
  centroid: [number, number];
  bbox: Bbox;
  measures: CardMeasure[];
}

export interface Candidate {
  type: string;
  type_name: string;
  code?: string;
  name: string;
  alias?: string;
  detail?: string;
  /** Absent for a housing site that is not located. */
  centroid?: [number, number];
  bbox?: Bbox;
  href?: string;
}

export interface SearchAnswer extends Answer {
  query: string;
  candidates: Candidate[];
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  code?: string;
  parameter?: string;
  expected?: string;
  request_id?: string;
}
