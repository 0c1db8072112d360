//! Names of districts and neighbours: one label each, placed once from the tiles that are on the map anyway.
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { extentOf, labelPoint, polygonsOf } from './labels';

interface Seen {
  name: string;
  extent: number;
  point: [number, number];
}

/** A name moves only when noticeably more of its area has come into view than ever before: labels must not wander. */
const NOTICEABLY_MORE = 1.1;

export class AreaNames {
  readonly #map: MapLibreMap;
  readonly #from: { source: string; sourceLayer: string };
  readonly #to: string;
  readonly #seen = new Map<string, Seen>();
  #view = '';

  constructor(map: MapLibreMap, source: string, sourceLayer: string, to: string) {
    this.#map = map;
    this.#from = { source, sourceLayer };
    this.#to = to;
    map.on('sourcedata', (event) => {
      if (event.sourceId === source && event.isSourceLoaded && event.tile) this.#look();
    });
    map.on('idle', () => {
      const view = `${map.getBounds().toString()} ${map.getZoom()}`;
      if (view !== this.#view) this.#look();
      this.#view = view;
    });
  }

  /** Looks at the tiles of the present view. */
  #look(): void {
    const pieces = new Map<string, GeoJSON.Position[][][]>();
    const { source, sourceLayer } = this.#from;
    for (const feature of this.#map.querySourceFeatures(source, { sourceLayer })) {
      const name: unknown = feature.properties.name;
      if (typeof name !== 'string') continue;
      pieces.set(name, [...(pieces.get(name) ?? []), ...polygonsOf(feature.geometry)]);
    }
    let changed = false;
    for (const [name, polygons] of pieces) {
      const extent = extentOf(polygons);
      if (extent < (this.#seen.get(name)?.extent ?? 0) * NOTICEABLY_MORE) continue;
      const point = labelPoint(polygons);
      if (!point) continue;
      this.#seen.set(name, { name, extent, point });
      changed = true;
    }
    if (changed) this.#write();
  }

  #write(): void {
    const features = [...this.#seen.values()].map(
      (seen): GeoJSON.Feature => ({
        type: 'Feature',
        // Where there is no room for all, the larger areas are named.
        properties: { name: seen.name, order: -seen.extent },
        geometry: { type: 'Point', coordinates: seen.point },
      }),
    );
    this.#map.getSource<GeoJSONSource>(this.#to)?.setData({ type: 'FeatureCollection', features });
  }
}
