//! The one ordered list of map layers, lowest first; nothing else decides what is drawn above what.

export const ZORDER = [
  'ground',
  'neighbour-fill',
  'neighbour-line',
  'area-fill',
  'missing-suppressed',
  'missing-not_held',
  'missing-not_applicable',
  'area-line',
  'district-line',
  'outline-line',
  'hover-line',
  'selected-casing',
  'selected-line',
  'neighbour-label',
  'place-label',
  'district-label',
] as const;

export type LayerId = (typeof ZORDER)[number];

/** The lowest layer already on the map that belongs above `id`: where a late layer must be put in. */
export function above(id: LayerId, onMap: (id: LayerId) => boolean): LayerId | undefined {
  return ZORDER.slice(ZORDER.indexOf(id) + 1).find(onMap);
}
