//! What every part of the map stands on: sources by collection, and layers put in at their place in the order.
import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl';
import type { Bbox, Collection, Landing } from '../api-types';
import { sourceOf } from './layers';
import { above, type LayerId } from './zorder';

/** Beyond this zoom the tiles hold no more detail. */
const TILE_MAX_ZOOM = 12;

export class Stage {
  readonly map: MapLibreMap;
  readonly #landing: Landing;
  readonly #known: Set<string>;

  constructor(map: MapLibreMap, landing: Landing, collections: Collection[]) {
    this.map = map;
    this.#landing = landing;
    this.#known = new Set(collections.map((each) => each.id));
  }

  /** Whether the edition has this collection; one that it does not have is never asked for. */
  holds(collection: string): boolean {
    return this.#known.has(collection);
  }

  /** Tiles of a collection, within a box; `null` where the collection reaches beyond the edition's extent. */
  addTiles(collection: string, box: Bbox | null = this.#landing.extent.bbox): void {
    if (this.map.getSource(sourceOf(collection))) return;
    const { id, version } = this.#landing.edition;
    const edition = encodeURIComponent(version ?? id);
    this.map.addSource(sourceOf(collection), {
      type: 'vector',
      tiles: [
        `${location.origin}/api/collections/${collection}/tiles/WebMercatorQuad/{z}/{y}/{x}?edition=${edition}`,
      ],
      maxzoom: TILE_MAX_ZOOM,
      ...(box ? { bounds: box } : {}),
    });
  }

  add(layer: LayerSpecification): void {
    this.map.addLayer(
      layer,
      above(layer.id as LayerId, (id) => this.map.getLayer(id) !== undefined),
    );
  }

  has(id: LayerId): boolean {
    return this.map.getLayer(id) !== undefined;
  }

  remove(...ids: LayerId[]): void {
    for (const id of ids) if (this.has(id)) this.map.removeLayer(id);
  }
}
