//! What the interface says of a figure, and what a reader can choose for one.
import type { Answer } from '../api-types';

/** One way to have a figure or its numbers. */
export interface FigureFormat {
  f: string;
  label: string;
  media_type: string;
  href: string;
}

/** One table behind a figure; workbooks and GeoPackages hold all of them. */
export interface FigureTable {
  name: string;
  title: string;
  rows: number;
  formats: FigureFormat[];
}

export interface FigureDescription extends Answer {
  title: string;
  subtitle: string;
  caption: string;
  /** What somebody who cannot see the figure is told. */
  alternative: string;
  citation: string;
  link: string;
  pages: number;
  formats: FigureFormat[];
  tables: FigureTable[];
}

export const SIZES = [
  { value: 'a4-landscape', words: 'A4 landscape' },
  { value: 'a4-portrait', words: 'A4 portrait' },
  { value: 'a3-landscape', words: 'A3 landscape' },
  { value: 'slide', words: 'Slide' },
  { value: 'figure', words: 'Figure for a document' },
] as const;
export type Size = (typeof SIZES)[number]['value'];

/** Parts of a sheet that can be left out. */
export const PARTS = [
  { value: 'title', words: 'Title and subtitle' },
  { value: 'labels', words: 'Place names' },
  { value: 'inset', words: 'Small map of where this is' },
  { value: 'neighbours', words: 'Land around it, in grey' },
  { value: 'points', words: 'Symbols: practices, hospitals, sites' },
  { value: 'caption', words: 'Caption with the main numbers' },
] as const;
export type Part = (typeof PARTS)[number]['value'];

/** Symbols that can be put on any map, with the collection that must be held. */
export const POINTS = [
  { value: 'practices', words: 'GP practices', collection: 'practices' },
  { value: 'hospitals:acute', words: 'Acute hospitals', collection: 'hospitals' },
  { value: 'hospitals:community', words: 'Community hospitals', collection: 'hospitals' },
  { value: 'housing-sites', words: 'Housing sites', collection: 'housing-sites' },
] as const;
export type PointKind = (typeof POINTS)[number]['value'];

/** Dots per inch of a PNG. */
export const RESOLUTIONS = [
  { value: '96', words: '96 dpi, for a screen' },
  { value: '150', words: '150 dpi, for a report' },
  { value: '300', words: '300 dpi, for print' },
] as const;

/** The reader's choices for a figure; `null` where the proposal holds. */
export interface Sheet {
  size: Size;
  title: string | null;
  subtitle: string | null;
  hidden: readonly Part[];
  frame: 'extent' | 'view';
  points: readonly PointKind[];
  /** Without the measure's colours: a map of places. Only where a measure is mapped. */
  plain: boolean;
  dpi: string;
}

export const USUAL_SHEET: Sheet = {
  size: 'a4-landscape',
  title: null,
  subtitle: null,
  hidden: [],
  frame: 'extent',
  points: [],
  plain: false,
  dpi: '150',
};

export type SheetFormat = 'pdf' | 'svg' | 'png' | 'pptx' | 'json';
export type TableFormat = 'xlsx' | 'csv' | 'geojson' | 'fgb' | 'gpkg';
