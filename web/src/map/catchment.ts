//! A catchment on the map: its areas shaded and outlined, the shape asked for, and flows to the practice.
import type { ExpressionSpecification, GeoJSONSource, LayerSpecification } from 'maplibre-gl';
import { byZoom, INK, sourceOf, UNCLASSED } from './layers';
import type { Catchment, Flow } from './overlay';
import type { Stage } from './stage';
import type { LayerId } from './zorder';

const inside = (yes: number, no: number): ExpressionSpecification => [
  'case',
  ['boolean', ['feature-state', 'inside'], false],
  yes,
  no,
];

const AREA_LAYERS: LayerId[] = [
  'catchment-outline',
  'catchment-fill',
  'catchment-withheld',
  'catchment-line',
];
const SHAPE_LAYERS: LayerId[] = ['shape-fill', 'shape-casing', 'shape-line'];

/** Pixels of the outline, the half under the fill included. */
const OUTLINE = byZoom([7, 5], [10, 7], [13, 9]);
/** Where no fill may hide the inner borders, because the measure beneath has other areas, they are all drawn thinly. */
const BORDERS = byZoom([7, 0.8], [10, 1.4], [13, 2.2]);
const scaled = (stops: [number, number][]): ExpressionSpecification =>
  [
    'interpolate',
    ['linear'],
    ['zoom'],
    ...stops.flatMap(([zoom, width]) => [zoom, inside(width, 0)]),
  ] as unknown as ExpressionSpecification;

function areaLayers(collection: string): LayerSpecification[] {
  const vector = (id: LayerId) => ({ id, source: sourceOf(collection), 'source-layer': collection });
  return [
    {
      ...vector('catchment-outline'),
      type: 'line',
      layout: { 'line-join': 'round', 'line-cap': 'round' },
      paint: { 'line-color': INK, 'line-width': OUTLINE, 'line-opacity': inside(1, 0) },
    },
    { ...vector('catchment-fill'), type: 'fill', paint: { 'fill-opacity': inside(1, 0) } },
    {
      ...vector('catchment-withheld'),
      type: 'fill',
      paint: {
        'fill-pattern': 'suppressed',
        'fill-opacity': ['case', ['boolean', ['feature-state', 'withheld'], false], 1, 0],
      },
    },
    {
      ...vector('catchment-line'),
      type: 'line',
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': '#ffffff',
        'line-width': scaled([
          [7, 0.7],
          [10, 1],
          [13, 1.6],
        ]),
      },
    },
  ];
}

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

const shapeLayers: LayerSpecification[] = [
  { id: 'shape-fill', source: 'shape', type: 'fill', paint: { 'fill-color': INK, 'fill-opacity': 0.05 } },
  {
    id: 'shape-casing',
    source: 'shape',
    type: 'line',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': '#ffffff', 'line-width': 4.5, 'line-opacity': 0.85 },
  },
  {
    id: 'shape-line',
    source: 'shape',
    type: 'line',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': INK, 'line-width': 2.2, 'line-dasharray': [3, 2] },
  },
];

const flowLayer: LayerSpecification = {
  id: 'flow-line',
  source: 'flows',
  type: 'line',
  layout: { 'line-cap': 'round', 'line-sort-key': ['get', 'patients'] },
  paint: { 'line-color': INK, 'line-opacity': 0.42, 'line-width': ['get', 'width'] },
};

/** Pixels of the widest flow; the others in proportion to their patients. */
export const WIDEST_FLOW = 8;
const LEAST_FLOW = 0.7;

export function flowFeatures(flows: Flow[]): GeoJSON.FeatureCollection {
  const most = flows.reduce((max, flow) => Math.max(max, flow.patients), 1);
  return {
    type: 'FeatureCollection',
    features: flows.map(
      ({ from, to, patients }): GeoJSON.Feature => ({
        type: 'Feature',
        properties: { patients, width: Math.max(LEAST_FLOW, (patients / most) * WIDEST_FLOW) },
        geometry: { type: 'LineString', coordinates: [from, to] },
      }),
    ),
  };
}

/** The colours of the measure that lies beneath, for a catchment that has none of its own. */
export interface Beneath {
  collection: string | null;
  colour: ExpressionSpecification | string;
  opacity: number;
}

export class CatchmentLayers {
  readonly #stage: Stage;
  #drawn: Catchment | null = null;
  #flows: Flow[] = [];

  constructor(stage: Stage) {
    this.#stage = stage;
    stage.map.addSource('shape', { type: 'geojson', data: EMPTY });
    stage.map.addSource('flows', { type: 'geojson', data: EMPTY });
  }

  draw(catchment: Catchment | null, beneath: Beneath): void {
    const before = this.#drawn;
    if (catchment !== before) {
      if (before && before.collection !== catchment?.collection) this.#stage.remove(...AREA_LAYERS);
      this.#clear(before, catchment);
      this.#drawn = catchment;
      if (catchment) this.#state(catchment);
      this.#drawShape(catchment?.shape ?? null);
    }
    if (!catchment) {
      this.#stage.remove(...AREA_LAYERS);
      return;
    }
    if (!this.#stage.has('catchment-fill')) {
      this.#stage.addTiles(catchment.collection);
      for (const layer of areaLayers(catchment.collection)) this.#stage.add(layer);
    }
    this.#colour(catchment, beneath);
  }

  #colour({ shading, collection }: Catchment, beneath: Beneath): void {
    const { map } = this.#stage;
    const own = shading
      ? ([
          'match',
          ['coalesce', ['feature-state', 'shade'], -1],
          ...shading.shades.flatMap((each) => [each.index, each.colour]),
          '#ffffff',
        ] as unknown as ExpressionSpecification)
      : beneath.collection === null
        ? UNCLASSED
        : beneath.colour;
    const colour = shading && shading.shades.length === 0 ? '#ffffff' : own;
    map.setPaintProperty('catchment-fill', 'fill-color', colour);
    const open = !shading && beneath.collection !== null && beneath.collection !== collection;
    map.setPaintProperty('catchment-fill', 'fill-opacity', inside(open ? 0 : beneath.opacity, 0));
    map.setPaintProperty('catchment-outline', 'line-width', open ? BORDERS : OUTLINE);
    map.setLayoutProperty('catchment-line', 'visibility', open ? 'none' : 'visible');
    map.setLayoutProperty('catchment-withheld', 'visibility', shading?.withheld ? 'visible' : 'none');
  }

  #clear(before: Catchment | null, after: Catchment | null): void {
    if (!before || !this.#stage.map.getSource(sourceOf(before.collection))) return;
    const stay =
      before.collection === after?.collection ? new Set(after.areas.map((each) => each.index)) : null;
    const target = { source: sourceOf(before.collection), sourceLayer: before.collection };
    for (const { index } of before.areas) {
      if (stay?.has(index)) continue;
      this.#stage.map.setFeatureState(
        { ...target, id: index },
        { inside: false, shade: null, withheld: false },
      );
    }
  }

  #state({ collection, areas }: Catchment): void {
    this.#stage.addTiles(collection);
    const target = { source: sourceOf(collection), sourceLayer: collection };
    for (const { index, shade, withheld } of areas)
      this.#stage.map.setFeatureState({ ...target, id: index }, { inside: true, shade, withheld });
  }

  #drawShape(shape: Catchment['shape']): void {
    const source = this.#stage.map.getSource<GeoJSONSource>('shape');
    if (!shape) {
      this.#stage.remove(...SHAPE_LAYERS);
      source?.setData(EMPTY);
      return;
    }
    source?.setData({ type: 'Feature', properties: {}, geometry: shape });
    if (!this.#stage.has('shape-line')) for (const layer of shapeLayers) this.#stage.add(layer);
  }

  drawFlows(flows: Flow[]): void {
    if (flows === this.#flows) return;
    this.#flows = flows;
    this.#stage.map.getSource<GeoJSONSource>('flows')?.setData(flowFeatures(flows));
    if (flows.length === 0) this.#stage.remove('flow-line');
    else if (!this.#stage.has('flow-line')) this.#stage.add(flowLayer);
  }
}
