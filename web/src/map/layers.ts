//! What each map layer draws and how it looks; the order is that of `zorder`.
import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Classes, Status } from '../api-types';
import type { LayerId } from './zorder';

/** Colours of the ground: everything that is not data stays grey, so that the data are the only saturated colours. */
export const GROUND = '#f4f6f7';
const NEIGHBOUR = '#e6eaed';
const NEIGHBOUR_LINE = '#cdd4da';
export const UNCLASSED = '#dde2e6';
export const INK = '#1d2a35';
export const HALO = 'rgba(255,255,255,0.92)';
export interface Fonts {
  regular: string[];
  semibold: string[];
}

/** The first name is no font: it only tells the label painter the weight, and the system's font follows. */
export const SYSTEM_FONTS: Fonts = {
  regular: ['system-ui', 'sans-serif'],
  semibold: ['Label Semibold', 'system-ui', 'sans-serif'],
};

const isNames = (font: unknown): font is string[] =>
  Array.isArray(font) && font.every((each) => typeof each === 'string');

/** A basemap that brings its own letters has only the fonts that it uses itself. */
export function fontsOf(style: StyleSpecification): Fonts {
  if (!style.glyphs) return SYSTEM_FONTS;
  for (const layer of style.layers) {
    const font: unknown = layer.type === 'symbol' ? layer.layout?.['text-font'] : undefined;
    // An array may be an expression too; font names hold a space or a capital, operators do not.
    if (isNames(font) && /[A-Z ]/.test(font[0] ?? '')) return { regular: font, semibold: font };
  }
  return SYSTEM_FONTS;
}

export const byZoom = (...stops: [number, number][]): ExpressionSpecification => [
  'interpolate',
  ['linear'],
  ['zoom'],
  ...stops.flat(),
];

/** The colour of an area from the class that the server gave it; without one, the colour of "not in this view". */
export function fillColour(classes: Classes): ExpressionSpecification | string {
  const arms = classes.classes.flatMap((each) => [each.index, each.colour]);
  if (arms.length === 0) return UNCLASSED;
  return [
    'match',
    ['coalesce', ['feature-state', 'class'], -1],
    ...arms,
    UNCLASSED,
  ] as unknown as ExpressionSpecification;
}

const isStatus = (status: Status): ExpressionSpecification => [
  'case',
  ['==', ['feature-state', 'status'], status],
  1,
  0,
];

export const sourceOf = (collection: string) => `collection-${collection}`;

function vector(id: LayerId, collection: string) {
  return { id, source: sourceOf(collection), 'source-layer': collection };
}

/** The ground without a basemap; no glyphs and no sprite, so that nothing more is asked for. */
export const PLAIN_STYLE: StyleSpecification = {
  version: 8,
  sources: {},
  layers: [{ id: 'ground', type: 'background', paint: { 'background-color': GROUND } }],
};

export function neighbourLayers(): LayerSpecification[] {
  return [
    { ...vector('neighbour-fill', 'neighbours'), type: 'fill', paint: { 'fill-color': NEIGHBOUR } },
    {
      ...vector('neighbour-line', 'neighbours'),
      type: 'line',
      paint: { 'line-color': NEIGHBOUR_LINE, 'line-width': 0.8 },
    },
  ];
}

export function areaLayers(collection: string, opacity: number): LayerSpecification[] {
  const missing = (status: Status): LayerSpecification => ({
    ...vector(`missing-${status}`, collection),
    type: 'fill',
    layout: { visibility: 'none' },
    paint: { 'fill-pattern': status, 'fill-opacity': isStatus(status) },
  });
  return [
    {
      ...vector('area-fill', collection),
      type: 'fill',
      paint: { 'fill-color': UNCLASSED, 'fill-opacity': opacity, 'fill-antialias': true },
    },
    missing('suppressed'),
    missing('not_held'),
    missing('not_applicable'),
    {
      ...vector('area-line', collection),
      type: 'line',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': '#ffffff',
        'line-width': byZoom([6, 0.1], [8, 0.3], [10, 0.8], [13, 1.6]),
        'line-opacity': byZoom([6, 0], [7.5, 0.55], [9.5, 1]),
      },
    },
    {
      ...vector('hover-line', collection),
      type: 'line',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': INK,
        'line-width': ['case', ['boolean', ['feature-state', 'hover'], false], 1.8, 0],
      },
    },
  ];
}

export function districtLine(collection: string): LayerSpecification {
  return {
    ...vector('district-line', collection),
    type: 'line',
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': '#5f6b76',
      'line-width': byZoom([6, 0.6], [9, 1.3], [12, 2.2]),
      'line-opacity': 0.9,
    },
  };
}

export function outlineLine(): LayerSpecification {
  return {
    ...vector('outline-line', 'outline'),
    type: 'line',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': '#46525d', 'line-width': byZoom([6, 1], [9, 1.8], [12, 2.6]) },
  };
}

/** The selected area: a dark line with a white casing, so that it stands out from the darkest class too. */
export function selectedLayers(collection: string, code: string): LayerSpecification[] {
  const filter: ExpressionSpecification = ['==', ['get', 'code'], code];
  return [
    {
      ...vector('selected-casing', collection),
      type: 'line',
      filter,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': '#ffffff', 'line-width': 7 },
    },
    {
      ...vector('selected-line', collection),
      type: 'line',
      filter,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': INK, 'line-width': 3.2 },
    },
  ];
}

export const districtLabels = (fonts: Fonts): LayerSpecification => ({
  id: 'district-label',
  type: 'symbol',
  source: 'district-names',
  layout: {
    'text-field': ['get', 'name'],
    'symbol-sort-key': ['get', 'order'],
    'text-font': fonts.semibold,
    'text-size': byZoom([7, 11.5], [9, 13.5], [12, 16]),
    'text-max-width': 7,
    'text-padding': 4,
    'text-variable-anchor': ['center', 'top', 'bottom'],
    'text-radial-offset': 0.4,
  },
  paint: { 'text-color': INK, 'text-halo-color': HALO, 'text-halo-width': 1.8 },
});

export const neighbourLabels = (fonts: Fonts): LayerSpecification => ({
  id: 'neighbour-label',
  type: 'symbol',
  source: 'neighbour-names',
  layout: {
    'text-field': ['get', 'name'],
    'symbol-sort-key': ['get', 'order'],
    'text-font': fonts.regular,
    'text-size': byZoom([7, 10.5], [10, 13]),
    'text-max-width': 7,
    'text-padding': 6,
  },
  paint: { 'text-color': '#5c6975', 'text-halo-color': 'rgba(244,246,247,0.9)', 'text-halo-width': 1.4 },
});

/** Towns first: a place's rank decides from which zoom it is named and who gives way to whom. */
export function placeLabels(fonts: Fonts): LayerSpecification {
  return {
    ...vector('place-label', 'places'),
    type: 'symbol',
    filter: ['<=', ['get', 'rank'], ['step', ['zoom'], 1, 8, 2, 9.5, 3, 10.8, 4]],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': fonts.regular,
      'text-size': ['match', ['get', 'rank'], 1, 14, 2, 12.5, 3, 12, 11.5],
      'symbol-sort-key': ['get', 'rank'],
      'text-padding': 3,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 0.5,
    },
    paint: { 'text-color': '#26333e', 'text-halo-color': HALO, 'text-halo-width': 1.6 },
  };
}
