//! Journeys on the map: areas by band or by nearest site, what can be reached, and the sites with their marks.
import type {
  ExpressionSpecification,
  FilterSpecification,
  GeoJSONSource,
  LayerSpecification,
} from 'maplibre-gl';
import { byZoom, type Fonts, HALO, INK, sourceOf } from './layers';
import type { Journeys, Marked, Reached } from './overlay';
import type { Stage } from './stage';
import type { LayerId } from './zorder';

const AREA_LAYERS: LayerId[] = [
  'journey-fill',
  'journey-missing',
  'journey-striped',
  'journey-estimated',
  'journey-mark',
];
const REACH_LAYERS: LayerId[] = ['reach-fill', 'reach-casing', 'reach-line', 'reach-dashed'];
const MARKED_LAYERS: LayerId[] = ['marked-circle', 'marked-letter', 'marked-name'];
const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

/** A value by the area's code. Codes go into the style and not into the state of features, whose ids answers do not name. */
function byCode<T extends string | boolean>(
  arms: { codes: string[]; value: T }[],
  other: T,
): ExpressionSpecification | T {
  const full = arms.filter((arm) => arm.codes.length > 0);
  if (full.length === 0) return other;
  return [
    'match',
    ['get', 'code'],
    ...full.flatMap((arm) => [arm.codes, arm.value]),
    other,
  ] as unknown as ExpressionSpecification;
}

const among = (codes: string[]): FilterSpecification =>
  byCode([{ codes, value: true }], false) as FilterSpecification;

const estimated = (yes: boolean): FilterSpecification => ['==', ['get', 'estimate'], yes];

export class JourneyLayers {
  readonly #stage: Stage;
  readonly #fonts: Fonts;
  #journeys: Journeys | null = null;
  #reached: Reached | null = null;
  #marked: Marked[] = [];

  constructor(stage: Stage, fonts: Fonts) {
    this.#stage = stage;
    this.#fonts = fonts;
    for (const id of ['reach', 'marked']) stage.map.addSource(id, { type: 'geojson', data: EMPTY });
  }

  /** Areas in their colours; `opacity` falls while new figures are on their way. */
  drawAreas(journeys: Journeys | null, opacity: number): void {
    const before = this.#journeys;
    const { map } = this.#stage;
    this.#journeys = journeys;
    if (!journeys || before?.collection !== journeys.collection) this.#stage.remove(...AREA_LAYERS);
    if (!journeys) return;
    if (!this.#stage.has('journey-fill')) {
      this.#stage.addTiles(journeys.collection);
      for (const layer of this.#areaLayers(journeys.collection)) this.#stage.add(layer);
    }
    if (journeys !== before) {
      const arms = journeys.tints.map(({ codes, colour }) => ({ codes, value: colour }));
      map.setFilter('journey-fill', among(journeys.tints.flatMap((each) => each.codes)));
      map.setPaintProperty('journey-fill', 'fill-color', byCode(arms, '#ffffff'));
      map.setFilter('journey-missing', among(journeys.missing));
      map.setFilter('journey-striped', among(journeys.striped));
      map.setFilter('journey-estimated', among(journeys.estimated));
      const marks = journeys.marks.map(({ codes, mark }) => ({ codes, value: mark }));
      map.setLayoutProperty('journey-mark', 'text-field', byCode(marks, ''));
    }
    map.setPaintProperty('journey-fill', 'fill-opacity', opacity);
    map.setPaintProperty('journey-estimated', 'fill-opacity', opacity * 0.75);
    map.setPaintProperty('journey-striped', 'fill-opacity', opacity);
  }

  #areaLayers(collection: string): LayerSpecification[] {
    const vector = (id: LayerId) => ({ id, source: sourceOf(collection), 'source-layer': collection });
    return [
      { ...vector('journey-fill'), type: 'fill', paint: { 'fill-color': '#ffffff' } },
      { ...vector('journey-missing'), type: 'fill', paint: { 'fill-pattern': 'not_held' } },
      { ...vector('journey-striped'), type: 'fill', paint: { 'fill-pattern': 'veil-striped' } },
      { ...vector('journey-estimated'), type: 'fill', paint: { 'fill-pattern': 'veil-estimated' } },
      {
        ...vector('journey-mark'),
        type: 'symbol',
        minzoom: 9.5,
        layout: { 'text-font': this.#fonts.regular, 'text-size': 11.5, 'text-padding': 12 },
        paint: { 'text-color': INK, 'text-halo-color': 'rgba(255,255,255,0.75)', 'text-halo-width': 1.4 },
      },
    ];
  }

  drawReached(reached: Reached | null, opacity: number): void {
    const { map } = this.#stage;
    if (reached !== this.#reached) {
      this.#reached = reached;
      map.getSource<GeoJSONSource>('reach')?.setData({
        type: 'FeatureCollection',
        // What is reached soonest lies on top.
        features: [...(reached?.features ?? [])].sort((a, b) => b.properties.minutes - a.properties.minutes),
      });
      if (!reached) this.#stage.remove(...REACH_LAYERS);
      else if (!this.#stage.has('reach-fill')) for (const layer of reachLayers) this.#stage.add(layer);
    }
    if (reached) map.setPaintProperty('reach-fill', 'fill-opacity', opacity);
  }

  drawMarked(marked: Marked[]): void {
    if (marked === this.#marked) return;
    this.#marked = marked;
    this.#stage.map.getSource<GeoJSONSource>('marked')?.setData({
      type: 'FeatureCollection',
      features: marked.map(
        ({ mark, name, kind, lon, lat }, index): GeoJSON.Feature => ({
          type: 'Feature',
          properties: { mark, name, kind, order: index },
          geometry: { type: 'Point', coordinates: [lon, lat] },
        }),
      ),
    });
    if (marked.length === 0) this.#stage.remove(...MARKED_LAYERS);
    else {
      // Many small marks, or a few large ones.
      const many = marked.length > 30;
      this.#stage.remove(...MARKED_LAYERS);
      for (const layer of markedLayers(this.#fonts, many)) this.#stage.add(layer);
    }
  }
}

const reachLayers: LayerSpecification[] = [
  { id: 'reach-fill', source: 'reach', type: 'fill', paint: { 'fill-color': ['get', 'colour'] } },
  {
    id: 'reach-casing',
    source: 'reach',
    type: 'line',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': '#ffffff', 'line-width': 3.4, 'line-opacity': 0.9 },
  },
  {
    id: 'reach-line',
    source: 'reach',
    type: 'line',
    filter: estimated(false),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': INK, 'line-width': 1.5 },
  },
  {
    id: 'reach-dashed',
    source: 'reach',
    type: 'line',
    filter: estimated(true),
    layout: { 'line-join': 'round' },
    paint: { 'line-color': INK, 'line-width': 1.8, 'line-dasharray': [3, 2] },
  },
];

const NEW = '#8a4b00';

function markedLayers(fonts: Fonts, many: boolean): LayerSpecification[] {
  const [near, far] = many ? [7, 11] : [10, 12];
  return [
    {
      id: 'marked-circle',
      source: 'marked',
      type: 'circle',
      layout: { 'circle-sort-key': ['-', 0, ['get', 'order']] },
      paint: {
        'circle-color': ['match', ['get', 'kind'], 'new', NEW, INK],
        'circle-radius': byZoom([8, near], [12, far]),
        'circle-stroke-color': '#ffffff',
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'marked-letter',
      source: 'marked',
      type: 'symbol',
      layout: {
        'text-field': ['get', 'mark'],
        'text-font': fonts.semibold,
        'text-size': many ? byZoom([8, 8], [12, 11]) : byZoom([8, 12], [12, 14]),
        'text-allow-overlap': !many,
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { 'text-color': '#ffffff' },
    },
    {
      id: 'marked-name',
      source: 'marked',
      type: 'symbol',
      ...(many ? { minzoom: 10.5 } : {}),
      layout: {
        'text-field': ['get', 'name'],
        'text-font': fonts.semibold,
        'text-size': byZoom([8, 12], [12, 13.5]),
        'text-max-width': 9,
        'text-padding': 3,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 1.15,
        'text-justify': 'auto',
        'symbol-sort-key': ['get', 'order'],
      },
      paint: { 'text-color': INK, 'text-halo-color': HALO, 'text-halo-width': 1.8 },
    },
  ];
}
