//! How closely the map is looked at now, for the key: its symbols are as large as those on the map.

export const scale = $state({ zoom: 9 });
