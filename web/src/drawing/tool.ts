//! Drawing on the map with mouse or finger; loaded only when a reader begins to draw.
import type { Map as MapLibreMap } from 'maplibre-gl';
import {
  type GeoJSONStoreFeatures,
  TerraDraw,
  TerraDrawCircleMode,
  TerraDrawModeUndoRedo,
  type TerraDrawMouseEvent,
  TerraDrawPolygonMode,
  TerraDrawSelectMode,
  TerraDrawSessionUndoRedo,
} from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { distance } from '../format';
import type { Shape } from '../map/overlay';
import { circleOf, circleRing } from './circle';
import { crosses, type Position, readWkt, tidyRing, writeWkt } from './wkt';

const INK = '#1d2a35';
const ACCENT = '#0b5f73';
/** Pixels within which a corner is meant: a finger's width. */
const NEAR = 24;
/** A second click that ends a drawing must not be taken for a double click that zooms. */
const DOUBLE_CLICK_MS = 500;
const PRECISION = 7;

export interface Heard {
  finished(shape: Shape): void;
  fault(words: string): void;
  progress(words: string): void;
}

/** Zooming by double click is switched off once for the whole drawing, not between its clicks. */
class Adapter extends TerraDrawMapLibreGLAdapter<MapLibreMap> {
  override setDoubleClickToZoom(): void {}
}

/** A finger does not hover: its second tap must first move the edge, as a mouse does on its way. */
class CircleMode extends TerraDrawCircleMode {
  override onClick(event: TerraDrawMouseEvent): void {
    if (this.state === 'drawing') this.onMouseMove(event);
    super.onClick(event);
  }
}

const placed = ([lon, lat]: Position): Position => [
  Number(lon.toFixed(PRECISION)),
  Number(lat.toFixed(PRECISION)),
];

const outline = { outlineColor: INK, outlineWidth: 2.5, fillColor: ACCENT, fillOpacity: 0.14 } as const;
const handles = {
  selectedPolygonColor: ACCENT,
  selectedPolygonFillOpacity: 0.14,
  selectedPolygonOutlineColor: INK,
  selectedPolygonOutlineWidth: 2.5,
  selectionPointColor: '#ffffff',
  selectionPointWidth: 7,
  selectionPointOutlineColor: INK,
  selectionPointOutlineWidth: 2.5,
  midPointColor: ACCENT,
  midPointWidth: 5,
  midPointOutlineColor: '#ffffff',
  midPointOutlineWidth: 1.5,
} as const;

export class DrawTool {
  readonly #map: MapLibreMap;
  readonly #draw: TerraDraw;
  readonly #heard: Heard;
  #mode: 'circle' | 'polygon' | 'edit';
  #shown: string | number | null = null;

  constructor(map: MapLibreMap, mode: 'circle' | 'polygon' | 'edit', shape: Shape | null, heard: Heard) {
    this.#map = map;
    this.#heard = heard;
    this.#mode = mode;
    map.doubleClickZoom.disable();
    const corners = { draggable: true, midpoints: true, deletable: true };
    this.#draw = new TerraDraw({
      adapter: new Adapter({ map, coordinatePrecision: PRECISION, minPixelDragDistance: 4 }),
      modes: [
        new TerraDrawPolygonMode({
          keyEvents: null,
          pointerDistance: NEAR,
          showCoordinatePoints: true,
          styles: {
            ...outline,
            closingPointColor: '#ffffff',
            closingPointWidth: 8,
            closingPointOutlineColor: INK,
            closingPointOutlineWidth: 2.5,
            coordinatePointColor: '#ffffff',
            coordinatePointWidth: 4.5,
            coordinatePointOutlineColor: INK,
            coordinatePointOutlineWidth: 2,
          },
        }),
        new CircleMode({ keyEvents: null, drawInteraction: 'click-move-or-drag', styles: outline }),
        new TerraDrawSelectMode({
          keyEvents: null,
          pointerDistance: NEAR,
          allowManualDeselection: false,
          styles: handles,
          flags: {
            polygon: { feature: { draggable: true, coordinates: corners } },
            circle: { feature: { draggable: true, coordinates: { resizable: 'center-fixed' } } },
          },
        }),
      ],
      undoRedo: { modeLevel: new TerraDrawModeUndoRedo(), sessionLevel: new TerraDrawSessionUndoRedo() },
    });
    this.#draw.start();
    this.#draw.on('finish', (id, { action }) => {
      if (action === 'draw') this.#conclude(id);
      else this.#tell();
    });
    this.#draw.on('change', () => this.#tell());
    if (mode !== 'edit') this.#draw.setMode(mode);
    else if (!this.#show(shape))
      heard.fault('Only a circle or a polygon of one part without holes can be changed on the map.');
    this.#tell();
  }

  /** Enter, or the button: takes what has been drawn so far. */
  finish(): void {
    const feature = this.#feature();
    if (feature) this.#conclude(feature.id);
    else this.#heard.fault('Nothing has been drawn yet. Click on the map to begin.');
  }

  undo(): void {
    if (this.#draw.canUndo()) this.#draw.undo();
  }

  stop(): void {
    if (this.#draw.enabled) this.#draw.stop();
    setTimeout(() => this.#map.doubleClickZoom.enable(), DOUBLE_CLICK_MS);
  }

  /** Puts a shape of the link on the map with handles at its corners. */
  #show(shape: Shape | null): boolean {
    let ring: Position[] | undefined;
    let mode = 'polygon';
    const properties: Record<string, string | number> = {};
    if (shape?.kind === 'circle') {
      ring = circleRing([shape.lon, shape.lat], shape.metres);
      mode = 'circle';
      properties.radiusKilometers = shape.metres / 1000;
    } else if (shape) {
      const polygons = readWkt(shape.wkt);
      if (polygons?.length === 1 && polygons[0]?.length === 1) ring = polygons[0][0];
    }
    if (!ring) return false;
    const id = this.#draw.getFeatureId();
    const [added] = this.#draw.addFeatures([
      {
        type: 'Feature',
        id,
        properties: { ...properties, mode },
        geometry: { type: 'Polygon', coordinates: [ring.map(placed)] },
      },
    ]);
    if (!added?.valid) return false;
    this.#edit(id);
    return true;
  }

  #edit(id: string | number): void {
    this.#mode = 'edit';
    this.#shown = id;
    this.#draw.setMode('select');
    this.#draw.selectFeature(id);
  }

  /** The one polygon drawn or shown; corners and handles are points beside it. */
  #feature(): (GeoJSONStoreFeatures & { id: string | number }) | null {
    const found = this.#draw.getSnapshot().find(({ geometry }) => geometry.type === 'Polygon');
    return found?.id === undefined ? null : { ...found, id: found.id };
  }

  /** The corners that the reader has set: the last one may still follow the pointer. */
  #corners({ geometry, properties }: GeoJSONStoreFeatures): Position[] {
    if (geometry.type !== 'Polygon') return [];
    const ring = (geometry.coordinates[0] ?? []).map(([lon = 0, lat = 0]): Position => [lon, lat]);
    const set = properties.committedCoordinateCount;
    return properties.currentlyDrawing && typeof set === 'number' ? ring.slice(0, set) : ring;
  }

  #conclude(id: string | number): void {
    const feature = this.#draw.getSnapshotFeature(id);
    if (!feature) return;
    const corners = this.#corners(feature);
    if (feature.properties.mode === 'circle') {
      const { centre, metres } = circleOf(corners);
      if (metres < 50) {
        this.#heard.fault(
          'The circle is too small. Move the pointer away from its middle before you finish.',
        );
        this.#again(id);
        return;
      }
      const [lon, lat] = centre.map((value) => Number(value.toFixed(5))) as Position;
      this.#heard.finished({ kind: 'circle', lon, lat, metres: Math.round(metres / 10) * 10 });
      return;
    }
    const ring = tidyRing(corners);
    if (!ring) {
      this.#heard.fault('A polygon needs at least three corners that do not lie on one line.');
      if (!feature.properties.currentlyDrawing) this.#again(id);
    } else if (crosses(ring)) {
      if (!feature.properties.currentlyDrawing) this.#edit(id);
      this.#heard.fault('The sides cross each other. Move or undo the last corner, then finish again.');
    } else {
      this.#heard.finished({ kind: 'polygon', wkt: writeWkt([[ring]]) });
    }
  }

  #again(id: string | number): void {
    if (this.#mode !== 'edit') this.#draw.removeFeatures([id]);
  }

  #tell(): void {
    const feature = this.#feature();
    const circle = feature?.properties.mode === 'circle' || (!feature && this.#mode === 'circle');
    if (!feature)
      this.#heard.progress(
        circle
          ? 'Click the middle of the circle, then its edge; or press and drag.'
          : 'Click the first corner on the map.',
      );
    else if (circle) {
      const { metres } = circleOf(this.#corners(feature));
      this.#heard.progress(
        this.#shown === null
          ? `Radius ${distance(metres)}. Click to finish.`
          : `Radius ${distance(metres)}. Drag a corner or the circle.`,
      );
    } else if (this.#shown !== null) {
      this.#heard.progress('Drag a corner, or a small dot to add one; a right click removes a corner.');
    } else {
      const set = this.#corners(feature).length;
      this.#heard.progress(
        set < 3
          ? `${set === 1 ? '1 corner' : `${set} corners`}. Click the next one.`
          : `${set} corners. Click the next one, or the last again to finish.`,
      );
    }
  }
}
