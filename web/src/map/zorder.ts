//! The one ordered list of map layers, lowest first; nothing else decides what is drawn above what.

export const ZORDER = [
  'ground',
  'neighbour-fill',
  'neighbour-line',
  'area-fill',
  // Half of the outline lies under the fill: what is left of it is the outer edge of all areas together.
  'catchment-outline',
  'catchment-fill',
  'missing-suppressed',
  'missing-not_held',
  'missing-not_applicable',
  'catchment-withheld',
  'journey-fill',
  'journey-missing',
  'journey-striped',
  'journey-estimated',
  'reach-fill',
  'area-line',
  'catchment-line',
  'district-line',
  'outline-line',
  'hover-line',
  'selected-casing',
  'selected-line',
  'shape-fill',
  'shape-casing',
  'shape-line',
  'reach-casing',
  'reach-line',
  'reach-dashed',
  'flow-line',
  'site-soft',
  'site-symbol',
  'practice-circle',
  'hospital-symbol',
  'site-ring',
  'practice-ring',
  'hospital-ring',
  'journey-mark',
  'neighbour-label',
  'place-label',
  'district-label',
  'site-label',
  'practice-label',
  'hospital-label',
  'site-selected-label',
  'practice-selected-label',
  'hospital-selected-label',
  // Marks find room before the names do, so that no name lies over one.
  'marked-name',
  'marked-circle',
  'marked-letter',
  // What is being drawn lies above everything; these layers belong to the drawing tool.
  'td-polygon',
  'td-polygon-outline',
  'td-linestring',
  'td-point',
  'td-point-marker',
] as const;

export type LayerId = (typeof ZORDER)[number];

/** The lowest layer already on the map that belongs above `id`: where a late layer must be put in. */
export function above(id: LayerId, onMap: (id: LayerId) => boolean): LayerId | undefined {
  return ZORDER.slice(ZORDER.indexOf(id) + 1).find(onMap);
}
