//! What the interface answers about practices, catchments and housing growth; names are those of the answers.
import type { Answer, AreaType, Bbox } from './api-types';
import type { Definition } from './parameters';

export interface Named {
  code: string;
  name: string;
}

export interface Practice extends Named {
  address?: string;
  postcode?: string;
  status?: string;
  point?: [number, number];
  precision?: 'exact' | 'postcode' | 'approximate';
  list_size?: number;
  list_period?: string;
  pcn?: Named;
  commissioner?: Named;
  branches: (Named & { address?: string; postcode?: string; point?: [number, number] })[];
  area?: Named & { alias?: string };
  district?: Named;
  index: number;
}

/** One practice, several, or those of a primary care network: `practices` always lists them. */
export interface PracticeCard extends Answer, Named {
  list_size?: number;
  list_period?: string;
  practices: Practice[];
}

export interface PracticeRef extends Named {
  list_size?: number;
  point?: [number, number];
}

export interface CatchmentHead {
  label: string;
  definition: Definition;
  definition_label: string;
  definition_text: string;
  parameters: Record<string, number | string>;
  membership: 'whole-areas' | 'centroid' | 'area-share';
  membership_text: string;
  practices: PracticeRef[];
  /** Its collection is looked up on the landing answer: here it only names things. */
  area_type: Pick<AreaType, 'id' | 'name' | 'singular' | 'plural'>;
  bbox: Bbox;
  shape?: GeoJSON.Polygon | GeoJSON.MultiPolygon;
  notes: string[];
}

export interface CatchmentSummary {
  areas: number;
  list_size?: number;
  registered_patients?: number;
  share_of_list?: number;
  patients_outside?: number;
  patients_outside_edition?: number;
  withheld_areas: number;
  disclosure_threshold: number;
  registered: number;
  registered_elsewhere?: number;
  registered_elsewhere_share?: number;
  residents: number;
  register_period: string;
  residents_period: string;
  estimated: boolean;
}

export interface RegisteredWith {
  code?: string;
  name: string;
  patients: number;
  share: number;
  asked: boolean;
}

export interface Quintile {
  quintile: number;
  label: string;
  people: number;
  share: number;
  patients?: number;
  share_of_patients?: number;
}

export interface LifeExpectancy {
  sex: string;
  value: number;
  lower?: number;
  upper?: number;
  /** Share of the people for whom a figure is held. */
  covered: number;
  kind: string;
}

export interface Profile {
  id: string;
  label: string;
  areas: number;
  residents: number;
  ages: { band: string; people: number; share: number }[];
  deprivation: {
    measure: string;
    name: string;
    score?: number;
    score_note?: string;
    quintiles: Quintile[];
    core20: { people: number; share: number };
    not_held: number;
  };
  life_expectancy: LifeExpectancy[];
  fuel_poverty?: { households: number; fuel_poor: number; share: number; period?: string };
}

export interface CatchmentRow {
  index: number;
  code: string;
  name: string;
  alias?: string;
  /** Absent with `status` where 1 to 4 patients live here, absent without it where none do; both are there when only
   * some of several practices have so few. */
  patients?: number;
  status?: 'suppressed';
  share_of_practice?: number;
  share_of_area?: number;
  registered: number;
  residents: number;
  weight: number;
  score?: number;
  decile?: number;
  centroid: [number, number];
}

export interface CatchmentAnswer extends Answer {
  catchment: CatchmentHead;
  sentence: string;
  summary: CatchmentSummary;
  registered_with: RegisteredWith[];
  profile: Profile[];
  areas: CatchmentRow[];
  periods: Record<string, string>;
}

export interface Assumption {
  id: string;
  label: string;
  /** Absent where nothing is set and there is no usual value. */
  value?: string;
  unit?: string;
  given: boolean;
  note: string;
}

export interface DefinitionRow {
  definition: Definition;
  label: string;
  text: string;
  areas: number;
  registered_patients?: number;
  share_of_list?: number;
  residents: number;
  registered_elsewhere?: number;
  patients_outside?: number;
  core20_people: number;
  score?: number;
  sites: number;
  dwellings: number;
  people: number;
  list_growth?: number;
  list_growth_share?: number;
}

export interface DefinitionsAnswer extends Answer {
  practices: PracticeRef[];
  rows: DefinitionRow[];
  sentence: string;
  assumptions: Assumption[];
}

export interface Site {
  index: number;
  id: string;
  name: string;
  authority?: Named;
  status: string;
  status_label: string;
  dwellings?: number;
  dwellings_in_plan_period?: number;
  plan_period?: string;
  permitted_now?: number;
  constraint?: string;
  first_year?: number;
  last_year?: number;
  precision?: 'exact' | 'postcode' | 'approximate';
  point?: [number, number];
  area?: Named;
  /** The larger site that this one lies in: counted once. */
  part_of?: string;
  reference: string;
  counted: boolean;
  why_not?: string;
  counted_dwellings: number;
  people: number;
  joining_practices?: number;
}

export interface Joining {
  code?: string;
  name: string;
  people: number;
  share: number;
  list_size?: number;
  growth?: number;
  asked: boolean;
}

/** A figure of the need for space, or which assumptions it is waiting for. */
export interface Need {
  value?: number;
  status?: string;
  missing?: string[];
}

export interface Plan {
  authority: Named;
  plan: string;
  option: string;
  from_year: number;
  to_year: number;
  dwellings: number;
  phases: { from_year: number; to_year: number; dwellings: number }[];
  reference: string;
  household_size?: number;
  located: { sites: number; dwellings: number };
  in_catchment: { sites: number; dwellings: number };
  not_located: { sites: number; dwellings: number };
  unexplained: number;
  text: string;
}

export interface NotLocated {
  authority: Named;
  sites: number;
  dwellings: number;
  list: {
    id: string;
    name: string;
    status: string;
    status_label?: string;
    dwellings?: number;
    reference?: string;
  }[];
}

export interface GrowthAnswer extends Answer {
  catchment: CatchmentHead;
  sentence: string;
  sites: Site[];
  by_status: {
    status: string;
    label: string;
    sites: number;
    dwellings: number;
    dwellings_in_plan_period: number;
    permitted_now: number;
    counted: boolean;
  }[];
  by_year: { year: number; dwellings: number; people: number }[];
  undated: { sites: number; dwellings: number };
  totals: { sites: number; dwellings: number; people: number };
  joining: Joining[];
  list_growth?: { people: number; list_size: number; share: number };
  need: { people: number; people_text: string; square_metres: Need; contribution: Need; rooms: Need };
  assumptions: Assumption[];
  not_located: NotLocated[];
  plans: Plan[];
}
