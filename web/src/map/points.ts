//! Practices, hospitals and housing sites on the map: symbols from their tiles, rings, names, and what lies under a pointer.
import type {
  ExpressionSpecification,
  FilterSpecification,
  LayerSpecification,
  MapGeoJSONFeature,
  PointLike,
} from 'maplibre-gl';
import { number } from '../format';
import { byZoom, type Fonts, HALO, INK, sourceOf } from './layers';
import { POINT_COLLECTIONS, type PointCollection, type PointRef, type Points, type Sites } from './overlay';
import type { Stage } from './stage';
import {
  field,
  GROWTH,
  growthAt,
  hospitalPicture,
  PRACTICE,
  practiceRadius,
  SHAPE_UNIT,
  SITE_SYMBOLS,
  SIZES,
  siteSide,
} from './symbols';
import type { LayerId } from './zorder';

/** A pointer may miss a symbol by this many pixels: half of the least target that a finger is given. */
const NEAR = 12;

export interface Under {
  ref: PointRef;
  /** What the pointer's box says under the name. */
  lines: string[];
}

type Get = ExpressionSpecification;
const root = (property: string): Get => ['sqrt', ['coalesce', ['get', property], 0]];

/** A size that grows with the zoom as everything does; `add` pixels more for a ring around it. */
function growing(base: Get | number, unit: number, add = 0): ExpressionSpecification {
  const stops = GROWTH.flatMap(([zoom, factor]) => [zoom, ['+', add, ['*', factor / unit, base]]]);
  return ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;
}

const RADIUS: Get = ['max', SIZES.LEAST_PRACTICE, ['*', SIZES.PRACTICE_RADIUS, root('list_size')]];
const SIDE: Get = ['max', SIZES.LEAST_SITE, ['*', SIZES.SITE_SIDE, root('dwellings')]];
/** Half a hospital's square before it grows. */
const HOSPITAL_HALF = 8;

const byStatus = <T>(
  value: (symbol: (typeof SITE_SYMBOLS)[number]) => T,
  other: T,
): ExpressionSpecification =>
  [
    'match',
    ['get', 'status'],
    ...SITE_SYMBOLS.flatMap((symbol) => [symbol.status, value(symbol)]),
    other,
  ] as unknown as ExpressionSpecification;

const imageOf = (status: string) => `site-${status}`;
const STATUS_COLOUR = byStatus((symbol) => symbol.colour, '#6b6256');

const vector = (id: LayerId, collection: PointCollection) => ({
  id,
  source: sourceOf(collection),
  'source-layer': collection,
});

/** Larger symbols below smaller ones, so that none is hidden whole. */
const smallOnTop = (property: string): ExpressionSpecification => [
  '-',
  0,
  ['coalesce', ['get', property], 0],
];

const SOFT = { fill: 0.45, edge: 0.6 };

const SYMBOLS: Record<PointCollection, LayerSpecification[]> = {
  practices: [
    {
      ...vector('practice-circle', 'practices'),
      type: 'circle',
      layout: { 'circle-sort-key': smallOnTop('list_size') },
      paint: {
        'circle-color': PRACTICE.colour,
        'circle-opacity': 0.88,
        'circle-radius': growing(RADIUS, 1),
        'circle-stroke-color': PRACTICE.outline,
        'circle-stroke-width': 1.2,
      },
    },
  ],
  hospitals: [
    {
      ...vector('hospital-symbol', 'hospitals'),
      type: 'symbol',
      layout: {
        'icon-image': 'hospital',
        'icon-size': growing(0.8, 1),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
  ],
  'housing-sites': [
    {
      ...vector('site-soft', 'housing-sites'),
      type: 'circle',
      filter: ['==', ['get', 'precision'], 'approximate'],
      paint: {
        // White, so that it shows on the darkest class too.
        'circle-color': '#ffffff',
        'circle-opacity': SOFT.fill,
        'circle-blur': 0.25,
        'circle-radius': growing(SIDE, 1, 7),
        'circle-stroke-color': STATUS_COLOUR,
        'circle-stroke-width': 1.5,
        'circle-stroke-opacity': SOFT.edge,
      },
    },
    {
      ...vector('site-symbol', 'housing-sites'),
      type: 'symbol',
      layout: {
        'icon-image': byStatus((symbol) => imageOf(symbol.status), imageOf('register-only')),
        'icon-size': growing(SIDE, SHAPE_UNIT),
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'symbol-sort-key': smallOnTop('dwellings'),
      },
      paint: {
        'icon-color': byStatus((symbol) => (symbol.solid ? symbol.colour : '#ffffff'), '#ffffff'),
        'icon-halo-color': byStatus((symbol) => (symbol.solid ? '#ffffff' : symbol.colour), '#6b6256'),
        'icon-halo-width': byStatus((symbol) => (symbol.solid ? 1.2 : 1.8), 1.8),
      },
    },
  ],
};

const RINGS: Record<PointCollection, { id: LayerId; radius: ExpressionSpecification }> = {
  practices: { id: 'practice-ring', radius: growing(RADIUS, 1, 4) },
  hospitals: { id: 'hospital-ring', radius: growing(HOSPITAL_HALF * 1.45, 1, 4) },
  'housing-sites': { id: 'site-ring', radius: growing(SIDE, 1.25, 5) },
};

const ringLayer = (collection: PointCollection): LayerSpecification => ({
  ...vector(RINGS[collection].id, collection),
  type: 'circle',
  paint: {
    'circle-color': 'rgba(0,0,0,0)',
    'circle-radius': RINGS[collection].radius,
    'circle-stroke-color': INK,
    'circle-stroke-width': 3,
  },
});

/** From which zoom names are tried, the smallest list or number of homes that is named there, and the layers' ids. */
const NAMES: Record<PointCollection, { id: LayerId; selected: LayerId; from: number; size: number }> = {
  practices: { id: 'practice-label', selected: 'practice-selected-label', from: 11, size: 12 },
  hospitals: { id: 'hospital-label', selected: 'hospital-selected-label', from: 9.5, size: 12.5 },
  'housing-sites': { id: 'site-label', selected: 'site-selected-label', from: 11.5, size: 12 },
};

function nameLayer(collection: PointCollection, fonts: Fonts, selected: boolean): LayerSpecification {
  const { id, selected: idSelected, from, size } = NAMES[collection];
  const sort = collection === 'housing-sites' ? 'dwellings' : 'list_size';
  return {
    ...vector(selected ? idSelected : id, collection),
    type: 'symbol',
    ...(selected ? {} : { minzoom: from }),
    layout: {
      'text-field': ['get', 'name'],
      'text-font': selected ? fonts.semibold : fonts.regular,
      'text-size': selected ? size + 1 : size,
      'text-max-width': 9,
      'text-padding': 3,
      'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
      'text-radial-offset': byZoom([8, selected ? 1.3 : 0.8], [14, selected ? 2 : 1.5]),
      'text-justify': 'auto',
      'symbol-sort-key': smallOnTop(sort),
    },
    paint: { 'text-color': INK, 'text-halo-color': HALO, 'text-halo-width': 1.8 },
  };
}

/** Every little site has a name; from afar only the larger ones are worth the room. */
const WORTH_NAMING: FilterSpecification = [
  '>=',
  ['coalesce', ['get', 'dwellings'], 0],
  ['step', ['zoom'], 200, 12.5, 50, 13.5, 0],
];

const codeIn = (codes: string[]): FilterSpecification => ['in', ['get', 'code'], ['literal', codes]];

export function linesOf(collection: PointCollection, properties: Record<string, unknown>): string[] {
  const { list_size: list, kind, status, dwellings, precision } = properties;
  if (collection === 'practices')
    return [
      typeof list === 'number'
        ? `${number(list)} patients on its list`
        : 'Practice; size of its list not held',
    ];
  if (collection === 'hospitals') return [typeof kind === 'string' ? `Hospital, ${kind}` : 'Hospital'];
  const symbol = SITE_SYMBOLS.find((each) => each.status === status);
  const homes = typeof dwellings === 'number' ? `${number(dwellings)} homes` : 'Number of homes not known';
  const place = precision === 'approximate' ? ['Place approximate'] : [];
  return [homes, symbol?.label ?? 'Housing site', ...place];
}

export class PointLayers {
  readonly #stage: Stage;
  #shown: PointCollection[] = [];

  constructor(stage: Stage, fonts: Fonts) {
    this.#stage = stage;
    const { map } = stage;
    map.addImage('hospital', hospitalPicture(), { pixelRatio: 2 });
    for (const { status, corners } of SITE_SYMBOLS)
      map.addImage(imageOf(status), field(corners), { sdf: true });
    for (const collection of POINT_COLLECTIONS) {
      if (!stage.holds(collection)) continue;
      this.#fonts.set(collection, fonts);
    }
  }

  readonly #fonts = new Map<PointCollection, Fonts>();

  draw(points: Points, sites: Sites, selected: PointRef[]): void {
    this.#shown = [];
    for (const [collection, fonts] of this.#fonts) {
      const codes = selected.filter((each) => each.collection === collection).map((each) => each.code);
      if (points[collection] || codes.length > 0) this.#shown.push(collection);
      this.#drawOne(collection, fonts, points[collection], codes);
    }
    this.#dimSites(sites);
  }

  /** All of a collection, or only those of it that are selected. */
  #drawOne(collection: PointCollection, fonts: Fonts, all: boolean, codes: string[]): void {
    const { map } = this.#stage;
    const { id: names, selected: selectedNames } = NAMES[collection];
    const ids: LayerId[] = [
      ...SYMBOLS[collection].map((layer) => layer.id as LayerId),
      RINGS[collection].id,
      names,
      selectedNames,
    ];
    if (!all && codes.length === 0) {
      this.#stage.remove(...ids);
      return;
    }
    // Points stand beyond the extent of the areas too: patients cross borders.
    this.#stage.addTiles(collection, null);
    if (!this.#stage.has(names)) {
      for (const layer of SYMBOLS[collection]) this.#stage.add(layer);
      this.#stage.add(ringLayer(collection));
      this.#stage.add(nameLayer(collection, fonts, false));
      this.#stage.add(nameLayer(collection, fonts, true));
    }
    for (const layer of SYMBOLS[collection]) {
      const own = 'filter' in layer && layer.filter ? [layer.filter] : [];
      const filters = [...own, ...(all ? [] : [codeIn(codes)])];
      map.setFilter(layer.id, filters.length > 0 ? (['all', ...filters] as FilterSpecification) : null);
    }
    map.setFilter(RINGS[collection].id, codeIn(codes));
    map.setFilter(selectedNames, codeIn(codes));
    const others = ['!', codeIn(codes)] as FilterSpecification;
    map.setFilter(
      names,
      collection === 'housing-sites' ? (['all', others, WORTH_NAMING] as FilterSpecification) : others,
    );
    map.setLayoutProperty(names, 'visibility', all ? 'visible' : 'none');
  }

  #dimSites({ countedStatuses }: Sites): void {
    if (!this.#stage.has('site-symbol')) return;
    const faint = (full: number, weak: number): ExpressionSpecification | number =>
      countedStatuses ? ['case', ['in', ['get', 'status'], ['literal', countedStatuses]], full, weak] : full;
    this.#stage.map.setPaintProperty('site-symbol', 'icon-opacity', faint(1, 0.4));
    this.#stage.map.setPaintProperty('site-soft', 'circle-opacity', faint(SOFT.fill, SOFT.fill / 3));
    this.#stage.map.setPaintProperty('site-soft', 'circle-stroke-opacity', faint(SOFT.edge, SOFT.edge / 3));
  }

  /** The point nearest to the pointer, when one is near enough to be meant. */
  at(point: { x: number; y: number }): Under | null {
    const { map } = this.#stage;
    const layers = this.#shown.flatMap((collection) => SYMBOLS[collection].map((layer) => layer.id));
    if (layers.length === 0) return null;
    const box: [PointLike, PointLike] = [
      [point.x - NEAR, point.y - NEAR],
      [point.x + NEAR, point.y + NEAR],
    ];
    let best: { feature: MapGeoJSONFeature; away: number } | null = null;
    for (const feature of map.queryRenderedFeatures(box, { layers })) {
      if (feature.geometry.type !== 'Point') continue;
      const [lon = 0, lat = 0] = feature.geometry.coordinates;
      const { x, y } = map.project([lon, lat]);
      // Measured from the symbol's edge, so that a small one beside a large one can still be hit.
      const away = Math.hypot(x - point.x, y - point.y) - this.#reach(feature);
      if (away < NEAR && (!best || away < best.away)) best = { feature, away };
    }
    if (!best) return null;
    const { code, name } = best.feature.properties;
    const collection = best.feature.sourceLayer as PointCollection;
    if (typeof code !== 'string') return null;
    const ref: PointRef = { collection, code, name: typeof name === 'string' ? name : code };
    return { ref, lines: linesOf(collection, best.feature.properties) };
  }

  /** Half of the symbol's width in pixels. */
  #reach({ sourceLayer, properties }: MapGeoJSONFeature): number {
    const growth = growthAt(this.#stage.map.getZoom());
    const size = (value: unknown) => (typeof value === 'number' ? value : 0);
    if (sourceLayer === 'practices') return growth * practiceRadius(size(properties.list_size));
    if (sourceLayer === 'hospitals') return growth * HOSPITAL_HALF;
    return (growth * siteSide(size(properties.dwellings))) / 2;
  }
}
