//! The map: draws what the page tells it, and tells the page what the reader did. It decides nothing itself.

import workerAddress from 'virtual:map-worker-address';
import {
  AttributionControl,
  type LayerSpecification,
  type LngLatBoundsLike,
  type MapLibreEvent,
  Map as MapLibreMap,
  type MapMouseEvent,
  type PaddingOptions,
  ScaleControl,
  setWorkerUrl,
} from 'maplibre-gl';
import type { Bbox, Collection, Landing } from '../api-types';
import type { Answer, Focus } from '../page.svelte';
import type { MapPlace } from '../url';
import { CatchmentLayers } from './catchment';
import { JourneyLayers } from './journeys';
import {
  areaLayers,
  districtLabels,
  districtLine,
  fillColour,
  fontsOf,
  neighbourLabels,
  neighbourLayers,
  outlineLine,
  PLAIN_STYLE,
  placeLabels,
  selectedLayers,
  sourceOf,
  UNCLASSED,
} from './layers';
import { AreaNames } from './names';
import { NO_OVERLAY, type Overlay, type PointRef } from './overlay';
import { pattern, STATUSES, veil } from './patterns';
import { PointLayers } from './points';
import { Stage } from './stage';
import { ZORDER } from './zorder';

setWorkerUrl(workerAddress);

/** What the pointer rests on: an area of the map, or a point with what is known of it. */
export type Hovered = { area: string } | { point: PointRef; lines: string[] };

export interface Listener {
  hover(what: Hovered | null, x: number, y: number): void;
  click(area: string | null): void;
  open(point: PointRef): void;
  /** Symbols grow with the zoom, and the key with them. */
  zoomed(zoom: number): void;
  /** The reader moved the map; `null` when it again shows just the extent of the view. */
  moved(place: MapPlace | null): void;
  /** The organisation's basemap did not load; the map goes on without it. */
  noBasemap(): void;
  /** Room that the key takes at the lower right, which a fitted extent keeps clear of. */
  keySize(): { width: number; height: number };
}

/** How a move made by the page is written into the link. */
interface Reason {
  link?: 'place' | 'extent';
}

/** Within this time two clicks are one double click. */
const DOUBLE_CLICK_MS = 500;

/** Areas outside a shaded catchment: the ground shows that they are there, and nothing about them. */
const OUTSIDE = '#e9edf0';

const bounds = (box: Bbox): LngLatBoundsLike => [
  [box[0], box[1]],
  [box[2], box[3]],
];

export class AreaMap {
  readonly #map: MapLibreMap;
  readonly #landing: Landing;
  readonly #listener: Listener;
  readonly #stage: Stage;
  #points: PointLayers | null = null;
  #catchment: CatchmentLayers | null = null;
  #journeys: JourneyLayers | null = null;
  #overlay: Overlay = NO_OVERLAY;
  #areaCollection: string | null = null;
  #answer: Answer | null = null;
  #stated: Answer | null = null;
  #selected: { code: string; collection: string } | null = null;
  #hovered: number | null = null;
  #dimmed = false;
  #lent = 0;
  #ready = false;
  #plain: boolean;
  #extent: Bbox;
  #fitted = false;

  constructor(
    container: HTMLElement,
    landing: Landing,
    collections: Collection[],
    place: MapPlace | null,
    listener: Listener,
  ) {
    this.#landing = landing;
    this.#listener = listener;
    this.#extent = landing.extent.bbox;
    this.#plain = landing.basemap_style === undefined;
    const [west, south, east, north] = landing.extent.bbox;
    const [wide, high] = [(east - west) * 1.5, (north - south) * 1.5];
    this.#map = new MapLibreMap({
      container,
      style: landing.basemap_style ?? PLAIN_STYLE,
      ...(place
        ? { center: [place.lon, place.lat] as [number, number], zoom: place.zoom }
        : { bounds: bounds(landing.extent.bbox), fitBoundsOptions: { padding: 24 } }),
      maxBounds: [
        [west - wide, Math.max(-85, south - high)],
        [east + wide, Math.min(85, north + high)],
      ],
      maxZoom: 16,
      maxPitch: 0,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      attributionControl: false,
      fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
      locale: {
        'Map.Title': 'Map. Arrow keys move it, plus and minus zoom. The table holds the same numbers.',
      },
    });
    this.#fitted = place === null;
    const map = this.#map;
    this.#stage = new Stage(map, landing, collections);
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 110 }), 'bottom-left');
    if (landing.basemap_style) map.addControl(new AttributionControl({ compact: true }), 'bottom-left');
    map.on('style.load', () => this.#prepare());
    map.on('error', () => {
      // An organisation's basemap that does not answer must not take the figures with it.
      if (!landing.basemap_style || this.#ready || this.#plain) return;
      this.#plain = true;
      map.setStyle(PLAIN_STYLE);
      listener.noBasemap();
    });
    map.on('mousemove', (event) => this.#point(event));
    map.on('mouseout', () => this.#hover(null));
    map.on('click', (event) => this.#click(event));
    // What the pointer rests on is no longer there once the map moves.
    map.on('movestart', () => this.#hover(null));
    map.on('zoom', () => listener.zoomed(map.getZoom()));
    listener.zoomed(map.getZoom());
    map.on('moveend', (event) => this.#moved(event));
  }

  /** Whether everything asked for is drawn: what a test or a photograph of the page waits for. */
  get idle(): boolean {
    const { catchment, journeys, reached } = this.#overlay;
    const given = this.#stated !== null || catchment !== null || journeys !== null || reached !== null;
    return this.#ready && given && this.#map.loaded() && !this.#map.isMoving();
  }

  /** The bare map for the drawing tool; while it has it, clicks and the pointer are the tool's. */
  lend(): { map: MapLibreMap; back: () => void } {
    this.#lent += 1;
    this.#hover(null);
    return {
      map: this.#map,
      // The click that ends a drawing is still on its way to the map, and must not select anything.
      back: () => setTimeout(() => (this.#lent -= 1), DOUBLE_CLICK_MS),
    };
  }

  remove(): void {
    this.#map.remove();
  }

  draw(answer: Answer): void {
    this.#answer = answer;
    this.#paint();
  }

  /** Old numbers are dimmed while the new ones are on their way. */
  dim(dimmed: boolean): void {
    if (dimmed === this.#dimmed) return;
    this.#dimmed = dimmed;
    this.#colour();
  }

  /** Everything besides the measure's fill; only what changed is drawn again. */
  draws(overlay: Overlay): void {
    const before = this.#overlay;
    this.#overlay = overlay;
    if (!this.#ready) return;
    if (
      overlay.points !== before.points ||
      overlay.sites !== before.sites ||
      overlay.selected !== before.selected
    )
      this.#points?.draw(overlay.points, overlay.sites, overlay.selected);
    if (
      overlay.catchment !== before.catchment ||
      overlay.journeys !== before.journeys ||
      overlay.reached !== before.reached ||
      overlay.waiting !== before.waiting
    )
      this.#colour();
    this.#journeys?.drawMarked(overlay.marked);
    this.#map.getCanvas().classList.toggle('picking', overlay.picking !== null);
    if (overlay.flows !== before.flows) this.#catchment?.drawFlows(overlay.flows);
  }

  select(selected: { code: string; collection: string } | null): void {
    if (selected?.code === this.#selected?.code && selected?.collection === this.#selected?.collection)
      return;
    this.#selected = selected;
    this.#outlineSelected();
  }

  place(place: MapPlace): void {
    this.#fitted = false;
    this.#map.jumpTo({ center: [place.lon, place.lat], zoom: place.zoom });
  }

  show(focus: Focus): void {
    if (focus.extent) {
      this.#extent = focus.bbox;
      this.fit();
      return;
    }
    if (!focus.always && this.#inView(focus.bbox)) return;
    const reason: Reason = { link: 'place' };
    this.#map.fitBounds(
      bounds(focus.bbox),
      { padding: this.#padding(), maxZoom: 12.5, duration: 700 },
      reason,
    );
  }

  /** The whole extent of the view, clear of the key. */
  fit(animate = true): void {
    const reason: Reason = { link: 'extent' };
    this.#map.fitBounds(
      bounds(this.#extent),
      { padding: this.#keyPadding(this.#extent), duration: animate ? 700 : 0 },
      reason,
    );
  }

  zoom(step: number): void {
    const reason: Reason = { link: 'place' };
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: 250 }, reason);
  }

  /** The map's own box changed; a map that shows just its extent goes on doing so. */
  resized(): void {
    this.#map.resize();
    if (this.#fitted) this.fit(false);
  }

  #prepare(): void {
    const map = this.#map;
    for (const status of STATUSES) map.addImage(status, pattern(status));
    for (const name of ['estimated', 'striped'] as const) map.addImage(`veil-${name}`, veil(name));
    const fonts = fontsOf(map.getStyle());
    // A basemap shows the neighbours itself.
    const stage = this.#stage;
    const neighbours = this.#plain && stage.holds('neighbours');
    if (neighbours) {
      stage.addTiles('neighbours', null);
      for (const layer of neighbourLayers()) stage.add(layer);
    }
    const districts = this.#landing.area_types.find((type) => type.id.startsWith('lad'));
    if (districts) {
      this.#stage.addTiles(districts.collection);
      this.#stage.add(districtLine(districts.collection));
    }
    if (stage.holds('outline')) {
      this.#stage.addTiles('outline');
      this.#stage.add(outlineLine());
    }
    if (stage.holds('places')) {
      this.#stage.addTiles('places', null);
      this.#stage.add(placeLabels(fonts));
    }
    this.#points = new PointLayers(stage, fonts);
    this.#catchment = new CatchmentLayers(stage);
    this.#journeys = new JourneyLayers(stage, fonts);
    this.#ready = true;
    this.#paint();
    this.#colour();
    this.#points.draw(this.#overlay.points, this.#overlay.sites, this.#overlay.selected);
    this.#catchment.drawFlows(this.#overlay.flows);
    this.#journeys.drawMarked(this.#overlay.marked);
    this.#outlineSelected();
    if (this.#fitted) this.fit(false);
    if (neighbours) this.#addNames('neighbours', 'neighbour-names', neighbourLabels(fonts));
    if (districts) this.#addNames(districts.collection, 'district-names', districtLabels(fonts));
  }

  #addNames(collection: string, source: string, layer: LayerSpecification): void {
    this.#map.addSource(source, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    this.#stage.add(layer);
    new AreaNames(this.#map, sourceOf(collection), collection, source);
  }

  #opacity(): number {
    return (this.#plain ? 1 : 0.82) * (this.#dimmed ? 0.45 : 1);
  }

  #paint(): void {
    const answer = this.#answer;
    if (!answer || !this.#ready) return;
    const collection = answer.choice.areaType.collection;
    if (collection !== this.#areaCollection) {
      this.#hover(null);
      for (const id of ZORDER) if (/^(area|missing|hover)-/.test(id)) this.#stage.remove(id);
      if (this.#areaCollection && this.#stated)
        for (const row of this.#stated.rows.values()) this.#forget(this.#areaCollection, row.index);
      this.#areaCollection = collection;
      this.#stated = null;
      this.#stage.addTiles(collection);
      for (const layer of areaLayers(collection, this.#opacity())) this.#stage.add(layer);
    }
    this.#state(collection, answer);
    this.#colour();
  }

  /** The measure's colours, or those of the catchment with everything outside it drawn back. */
  #colour(): void {
    if (!this.#ready) return;
    const map = this.#map;
    const { catchment, journeys, reached, waiting } = this.#overlay;
    const measure = this.#answer ? fillColour(this.#answer.classes) : UNCLASSED;
    const opacity = this.#opacity();
    this.#catchment?.draw(catchment, {
      collection: this.#areaCollection,
      colour: measure,
      opacity: waiting ? 0.45 : opacity,
    });
    this.#journeys?.drawAreas(journeys, waiting ? 0.45 : opacity);
    this.#journeys?.drawReached(reached, waiting ? 0.45 : opacity);
    if (!this.#answer || !map.getLayer('area-fill')) return;
    // One meaning at a time: what journeys or a catchment shade is not also coloured by the measure.
    const travel = journeys !== null || reached !== null;
    const shaded = travel || (catchment?.shading !== undefined && catchment.shading !== null);
    const within = catchment !== null && !shaded && catchment.collection === this.#areaCollection;
    map.setPaintProperty('area-fill', 'fill-color', shaded ? OUTSIDE : measure);
    map.setPaintProperty('area-fill', 'fill-opacity', within ? opacity * 0.35 : opacity);
    for (const status of STATUSES) {
      const areas = this.#answer.classes.missing.by_status?.[status]?.areas ?? 0;
      map.setLayoutProperty(`missing-${status}`, 'visibility', areas > 0 && !shaded ? 'visible' : 'none');
    }
  }

  /** Gives the areas their classes; only what changed is touched, for England has 33,755 of them. */
  #state(collection: string, answer: Answer): void {
    if (this.#stated === answer) return;
    const target = { source: sourceOf(collection), sourceLayer: collection };
    const before = this.#stated?.rows;
    if (before) {
      for (const row of before.values()) if (!answer.rows.has(row.code)) this.#forget(collection, row.index);
    }
    for (const row of answer.values.values) {
      const old = before?.get(row.code);
      if (old && old.class === row.class && old.status === row.status) continue;
      this.#map.setFeatureState(
        { ...target, id: row.index },
        { class: row.class ?? null, status: row.class === undefined ? (row.status ?? 'not_held') : null },
      );
    }
    this.#stated = answer;
  }

  /** Takes the measure's state from an area, and leaves what a catchment says of it. */
  #forget(collection: string, id: number): void {
    const target = { source: sourceOf(collection), sourceLayer: collection, id };
    this.#map.setFeatureState(target, { class: null, status: null });
  }

  #outlineSelected(): void {
    if (!this.#ready) return;
    const map = this.#map;
    for (const id of ['selected-casing', 'selected-line']) if (map.getLayer(id)) map.removeLayer(id);
    if (!this.#selected) return;
    const { code, collection } = this.#selected;
    this.#stage.addTiles(collection);
    for (const layer of selectedLayers(collection, code)) this.#stage.add(layer);
  }

  #areaAt(event: MapMouseEvent): { code: string; id: number; collection: string } | null {
    const layers = ['area-fill', 'catchment-fill', 'journey-fill', 'journey-missing'].filter((id) =>
      this.#map.getLayer(id),
    );
    const found = layers.length > 0 ? this.#map.queryRenderedFeatures(event.point, { layers }) : [];
    // A catchment may be of smaller areas than the measure beneath it.
    const { catchment, journeys } = this.#overlay;
    const wanted = catchment?.collection ?? journeys?.collection ?? this.#areaCollection;
    const feature = found.find((each) => each.sourceLayer === wanted);
    const code: unknown = feature?.properties.code;
    if (typeof code !== 'string' || typeof feature?.id !== 'number' || !feature.sourceLayer) return null;
    return { code, id: feature.id, collection: feature.sourceLayer };
  }

  #point(event: MapMouseEvent): void {
    if (this.#map.isMoving() || this.#lent > 0) return;
    const { x, y } = event.point;
    const under = this.#points?.at(event.point) ?? null;
    const area = under ? null : this.#areaAt(event);
    this.#map.getCanvas().classList.toggle('over-area', under !== null || area !== null);
    this.#hover(area);
    if (under) this.#listener.hover({ point: under.ref, lines: under.lines }, x, y);
    else if (area) this.#listener.hover({ area: area.code }, x, y);
  }

  /** Outlines the area under the pointer; the words about it follow, if there is anything to say. */
  #hover(area: { id: number; collection: string } | null): void {
    const collection = this.#areaCollection;
    const id = area && area.collection === collection ? area.id : null;
    if (collection && id !== this.#hovered) {
      const target = { source: sourceOf(collection), sourceLayer: collection };
      if (this.#hovered !== null)
        this.#map.setFeatureState({ ...target, id: this.#hovered }, { hover: false });
      if (id !== null) this.#map.setFeatureState({ ...target, id }, { hover: true });
      this.#hovered = id;
    }
    if (!area) this.#listener.hover(null, 0, 0);
  }

  #click(event: MapMouseEvent): void {
    if (this.#lent > 0) return;
    const under = this.#overlay.open ? this.#points?.at(event.point) : null;
    const { picking } = this.#overlay;
    if (picking && !under) picking.pick(event.lngLat.lng, event.lngLat.lat);
    else if (under) this.#listener.open(under.ref);
    else this.#listener.click(this.#areaAt(event)?.code ?? null);
  }

  #moved(event: MapLibreEvent<unknown> & Reason): void {
    const byReader = event.originalEvent !== undefined && event.originalEvent !== null;
    if (event.link === 'extent') {
      this.#fitted = true;
      this.#listener.moved(null);
    } else if (event.link === 'place' || byReader) {
      this.#fitted = false;
      const { lng, lat } = this.#map.getCenter();
      this.#listener.moved({ lon: lng, lat, zoom: this.#map.getZoom() });
    }
  }

  #inView(box: Bbox): boolean {
    const view = this.#map.getBounds();
    const inside =
      view.getWest() < box[0] &&
      view.getEast() > box[2] &&
      view.getSouth() < box[1] &&
      view.getNorth() > box[3];
    const [a, b] = [this.#map.project([box[0], box[3]]), this.#map.project([box[2], box[1]])];
    return inside && Math.max(b.x - a.x, b.y - a.y) >= 16;
  }

  #padding(): PaddingOptions {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const room = Math.max(8, Math.min(60, clientWidth / 8, clientHeight / 8));
    return { top: room, bottom: room, left: room, right: room };
  }

  /** Keeps the key's corner free on the side where that costs the least zoom. */
  #keyPadding(box: Bbox): PaddingOptions {
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const key = this.#listener.keySize();
    const edge = Math.max(8, Math.min(28, clientWidth / 14));
    const even: PaddingOptions = { top: edge, bottom: edge, left: edge, right: edge };
    // A county's box has empty corners, so part of the key may stand inside it.
    const below = { ...even, bottom: Math.min(key.height * 0.9, clientHeight * 0.45) };
    const beside = {
      ...even,
      right: Math.min(key.width * (key.height > clientHeight / 2 ? 1 : 0.72), clientWidth * 0.45),
      bottom: Math.max(edge, Math.min(key.height * 0.2, clientHeight * 0.2)),
    };
    const zoomOf = (padding: PaddingOptions) =>
      this.#map.cameraForBounds(bounds(box), { padding })?.zoom ?? 0;
    return zoomOf(below) >= zoomOf(beside) ? below : beside;
  }
}
