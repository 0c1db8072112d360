//! What the map draws besides the measure's fill: made by the page from its state, drawn by the map as it stands.
//
// Every member is immutable. The map compares members by identity, so a part that did not change should be handed
// over as the same object; a new object means that this part is to be drawn again.
import type { Bbox } from '../api-types';

/** The collections of points that the map can draw, in the words of the interface. */
export const POINT_COLLECTIONS = ['practices', 'hospitals', 'housing-sites'] as const;
export type PointCollection = (typeof POINT_COLLECTIONS)[number];

/** A point of one of the collections, as its tile names it. */
export interface PointRef {
  collection: PointCollection;
  code: string;
  name: string;
}

/** One class of the catchment's shading; the page gives colour and words, so that key, map and table agree. */
export interface Shade {
  /** What an area's `shade` refers to. */
  index: number;
  colour: string;
  /** The range without its unit: "50 to 99". */
  label: string;
  /** How many areas of the catchment are in it. */
  areas: number;
}

export interface Shading {
  /** The head of the key, which names the unit: "Patients: Latham House Medical Practice, July 2022". */
  title: string;
  /** From the most to the least, as the key lists them. */
  shades: Shade[];
  /** Areas of the catchment whose figure is withheld because it is small; they get the pattern of "suppressed". */
  withheld: { areas: number; label: string } | null;
}

export interface CatchmentArea {
  /** The feature's id in the tiles of the area type. */
  index: number;
  code: string;
  /** The class it is shaded in; `null` for none: withheld, or no patients there. */
  shade: number | null;
  withheld: boolean;
  /** What the pointer's box says: the name, then one or two lines of figures. */
  name: string;
  lines: string[];
}

export interface Catchment {
  /** The key's words for the outline: "Core of the list (75 %): 17 neighbourhoods". */
  label: string;
  /** The collection whose tiles hold the areas: that of the answer's area type. */
  collection: string;
  areas: CatchmentArea[];
  /** `null` leaves the measure's own colours inside the catchment and dims them outside. */
  shading: Shading | null;
  /** The circle or polygon asked for, or the edge of what is reached; drawn as a dashed line above the areas. */
  shape: GeoJSON.Polygon | GeoJSON.MultiPolygon | null;
  /** What the shape is, in the key's words. */
  shapeLabel: string;
  bbox: Bbox;
}

/** Patients of one neighbourhood at one practice. */
export interface Flow {
  from: [lon: number, lat: number];
  to: [lon: number, lat: number];
  patients: number;
}

/** What is said of housing sites besides their symbols. */
export interface Sites {
  /** Ids of the statuses that the key lists, those of the edition or of the answer; `null`: all that there are. */
  statuses: string[] | null;
  /** Ids of the statuses that are added up; sites of another status are drawn faintly. `null`: all alike. */
  countedStatuses: string[] | null;
  /** "Not located: 12 sites, 240 homes", said in the key because no map can show them. */
  notLocated: string | null;
}

export interface Points {
  practices: boolean;
  hospitals: boolean;
  'housing-sites': boolean;
}

/** `edit` moves, adds and removes the vertices of the shape that is handed over with it. */
export type DrawMode = 'none' | 'circle' | 'polygon' | 'edit';

/** A shape as it goes into the link and to the server. */
export type Shape =
  | { kind: 'circle'; lon: number; lat: number; metres: number }
  /** WKT, POLYGON or MULTIPOLYGON, longitude before latitude, five decimals. */
  | { kind: 'polygon'; wkt: string };

/** Drawing on the map. `drawing/session.svelte.ts` is one, ready to be handed over. */
export interface Drawing {
  readonly mode: DrawMode;
  /** What editing begins with. */
  readonly shape: Shape | null;
  finished(shape: Shape): void;
  cancelled(): void;
  /** Why a shape cannot be used or drawing could not begin, in words. */
  fault(words: string): void;
  /** How far the reader has come, in words for the live region: "3 corners. Enter finishes." */
  progress(words: string): void;
}

/** One colour of the journeys' areas, with the areas that have it. */
export interface Tint {
  colour: string;
  codes: string[];
}

/** A site or place of the journeys: marked by a letter or number, so that nobody depends on colours. */
export interface Marked {
  mark: string;
  name: string;
  lon: number;
  lat: number;
  kind: 'site' | 'place' | 'new';
}

/** Areas by how far people have to go, or by which site is nearest. */
export interface Journeys {
  collection: string;
  tints: Tint[];
  /** Areas whose time is estimated while others' is not: they get a pattern of dots. */
  estimated: string[];
  /** Areas for which no time is known: they get the pattern of "not held". */
  missing: string[];
  /** Second and third rounds of the same colours, told apart by stripes. */
  striped: string[];
  /** The mark of the nearest site, by area; empty where bands are shown. */
  marks: { mark: string; codes: string[] }[];
  /** What the pointer's box says of an area. */
  said: Map<string, { name: string; lines: string[] }>;
}

export interface Reached {
  features: GeoJSON.Feature<
    GeoJSON.Polygon | GeoJSON.MultiPolygon,
    { minutes: number; colour: string; estimate: boolean }
  >[];
}

export interface Overlay {
  points: Points;
  sites: Sites;
  /** Ringed, and named at every zoom. */
  selected: PointRef[];
  catchment: Catchment | null;
  /** New figures of the catchment are on their way: the old ones are dimmed. */
  waiting: boolean;
  /** Empty until the reader asks for them. */
  flows: Flow[];
  drawing: Drawing | null;
  journeys: Journeys | null;
  reached: Reached | null;
  marked: Marked[];
  /** What is being worked out, in words, once that takes longer than a second. */
  progress: string | null;
  /** A click puts a place on the map: what for, in words. */
  picking: { words: string; pick(lon: number, lat: number): void; done(): void } | null;
  /** A practice, hospital or site was clicked; without this the click goes to the area beneath. */
  open: ((point: PointRef) => void) | null;
}

export const NO_OVERLAY: Overlay = {
  points: { practices: false, hospitals: false, 'housing-sites': false },
  sites: { statuses: null, countedStatuses: null, notLocated: null },
  selected: [],
  catchment: null,
  waiting: false,
  flows: [],
  drawing: null,
  journeys: null,
  reached: null,
  marked: [],
  progress: null,
  picking: null,
  open: null,
};
