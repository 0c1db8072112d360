//! Journeys as map, key and table show them alike: colours of bands and sites, marks, and what is said of one area.
import { areaName, capital, list, number } from './format';
import type { Journeys, Marked, Reached } from './map/overlay';
import type { Mode } from './parameters';
import { markOf } from './places';
import type { Basis, BasisPart, NearestAnswer, ReachAnswer, TravelRow, TravelSite } from './travel-types';

export const MODE_WORDS: Record<Mode, { name: string; phrase: string }> = {
  car: { name: 'Car', phrase: 'by car' },
  walk: { name: 'On foot', phrase: 'on foot' },
  cycle: { name: 'Bicycle', phrase: 'by bicycle' },
  transit: { name: 'Public transport', phrase: 'by public transport' },
};

/** Twelve light colours that stay apart for most colour-blind readers (nine are Paul Tol's); letters carry the meaning. */
export const SITE_COLOURS = [
  '#77aadd',
  '#ee8866',
  '#eedd88',
  '#44bb99',
  '#ffaabb',
  '#99ddff',
  '#bbcc33',
  '#c7a9e0',
  '#aaaa00',
  '#dddddd',
  '#c79f76',
  '#8fd6c1',
];

export interface SiteLook {
  mark: string;
  colour: string;
  /** Whether the colour comes round again, and is striped. */
  striped: boolean;
}

/** The look of each site. Few sites have a colour each; many share twelve, neighbours never the same where that can be helped. */
export function siteLooks(sites: readonly TravelSite[]): SiteLook[] {
  const count = SITE_COLOURS.length;
  const chosen = new Map<number, number>();
  // Sites that are nearest to nobody are on the map, but colour nothing.
  const used = (index: number) => (sites[index]?.areas ?? 1) > 0;
  const order = sites.map((_, index) => index).sort((a, b) => Number(used(b)) - Number(used(a)) || a - b);
  const few = order.filter(used).length <= 2 * count;
  order.forEach((index, turn) => {
    const site = sites[index] as TravelSite;
    if (few || !used(index)) {
      chosen.set(index, turn % count);
      return;
    }
    const away = (other: number) => {
      const each = sites[other] as TravelSite;
      return (each.lat - site.lat) ** 2 + ((each.lon - site.lon) * 0.6) ** 2;
    };
    const near = [...chosen.keys()].sort((a, b) => away(a) - away(b)).slice(0, count - 1);
    const taken = new Set(near.map((other) => chosen.get(other)));
    const free = SITE_COLOURS.map((_, colour) => (colour + turn) % count).find(
      (colour) => !taken.has(colour),
    );
    chosen.set(index, free ?? turn % count);
  });
  return sites.map((_, index) => ({
    mark: markOf(index, sites.length),
    colour: SITE_COLOURS[chosen.get(index) ?? 0] as string,
    striped: few && used(index) && order.indexOf(index) >= count,
  }));
}

export const minutesWords = (minutes: number): string => {
  const whole = number(minutes, minutes < 10 && !Number.isInteger(minutes) ? 1 : 0);
  return `${whole} ${whole === '1' ? 'minute' : 'minutes'}`;
};

export const BASIS_WORDS: Record<Basis, string> = {
  network: 'road network',
  published: 'published',
  estimate: 'estimate',
};

/** "off by about 2 minutes on average, 3.5 beyond 30 km"; nothing of a straight line, which is exact and no road. */
export function errorWords(part: BasisPart): string {
  const said = [...(part.error ?? '').matchAll(/(\d+(?:\.\d+)?)\s*min/g)];
  const [near, far] = said.map((each) => halves(Number(each[1])));
  const limit = /(\d+)\s*km/.exec(part.error ?? '')?.[1];
  if (near === undefined) return '';
  return `off by about ${near} minutes on average${far && limit ? `, ${far} beyond ${limit} km` : ''}`;
}

/** To half a minute, at least one. */
const halves = (minutes: number): string => {
  const half = Math.max(1, Math.round(minutes * 2) / 2);
  return number(half, Number.isInteger(half) ? 0 : 1);
};

/** What a limit is in, and its number. */
export const limitOf = (each: {
  minutes?: number;
  kilometres?: number;
}): { value: number; words: string; short: string } => {
  const value = each.minutes ?? each.kilometres ?? 0;
  const unit = each.minutes === undefined ? 'km' : 'minutes';
  return {
    value,
    words: `${number(value, Number.isInteger(value) ? 0 : 1)} ${unit}`,
    short: unit === 'km' ? 'km' : 'min',
  };
};

/** Whether times of several bases stand on one map: only then do estimated areas need a mark of their own. */
export const mixed = (rows: readonly Pick<TravelRow, 'basis'>[]): boolean =>
  new Set(rows.flatMap((row) => row.basis ?? [])).size > 1;

/** How an area's time is known, said beside every single time that is no plain result of the network. */
export function basisWords(row: Pick<TravelRow, 'basis'>, parts: readonly BasisPart[]): string {
  if (!row.basis) return '';
  const part = parts.find((each) => each.basis === row.basis);
  const error = row.basis === 'estimate' && part ? errorWords(part) : '';
  return [BASIS_WORDS[row.basis], error].filter(Boolean).join(', ');
}

export function timeWords(row: TravelRow): string {
  if (row.minutes === null || row.minutes === undefined) return '';
  return minutesWords(row.minutes);
}

/** What the pointer's box and the card say of one area. */
export function journeyLines(row: TravelRow, answer: NearestAnswer): string[] {
  const site = row.site === null || row.site === undefined ? undefined : answer.sites[row.site];
  const far = row.kilometres;
  const distance = far === null || far === undefined ? '' : `${number(far, 1)} km`;
  if (!site) return [capital(row.reason ?? 'no time is known')];
  const first = [timeWords(row), distance].filter(Boolean);
  return [
    (answer.question.by === 'kilometres' ? first.reverse() : first).join(', '),
    `to ${markOf(row.site as number, answer.sites.length)}, ${site.name}`,
    capital(basisWords(row, answer.basis)),
  ].filter(Boolean);
}

/** Areas of one class of the answer, by code. */
function grouped<T>(
  rows: readonly TravelRow[],
  of: (row: TravelRow) => T | null | undefined,
): Map<T, string[]> {
  const groups = new Map<T, string[]>();
  for (const row of rows) {
    const group = of(row);
    if (group === null || group === undefined) continue;
    const codes = groups.get(group);
    if (codes) codes.push(row.code);
    else groups.set(group, [row.code]);
  }
  return groups;
}

export function journeysOnMap(answer: NearestAnswer, by: 'bands' | 'sites', collection: string): Journeys {
  const { areas, bands, sites } = answer;
  const looks = siteLooks(sites);
  const bySite = grouped(areas, (row) => row.site);
  const tints =
    by === 'bands'
      ? [...grouped(areas, (row) => row.band)].map(([band, codes]) => ({
          codes,
          colour: bands.classes[band]?.colour ?? '#ffffff',
        }))
      : [...bySite].map(([site, codes]) => ({ codes, colour: looks[site]?.colour ?? '#ffffff' }));
  const drawn = new Set(tints.flatMap((each) => each.codes));
  const several = mixed(areas);
  return {
    collection,
    tints,
    estimated: several ? areas.filter((row) => row.basis === 'estimate').map((row) => row.code) : [],
    missing: areas.filter((row) => !drawn.has(row.code)).map((row) => row.code),
    striped:
      by === 'sites' ? [...bySite].flatMap(([site, codes]) => (looks[site]?.striped ? codes : [])) : [],
    marks:
      by === 'sites' && sites.length > 1
        ? [...bySite].map(([site, codes]) => ({ mark: looks[site]?.mark ?? '', codes }))
        : [],
    said: new Map(
      areas.map((row) => [
        row.code,
        {
          name: areaName(row),
          lines: journeyLines(row, answer),
        },
      ]),
    ),
  };
}

export const sitesMarked = (answer: NearestAnswer): Marked[] =>
  answer.sites.map(
    ({ name, lon, lat, added }, index): Marked => ({
      mark: markOf(index, answer.sites.length),
      name,
      lon,
      lat,
      kind: added ? 'new' : 'site',
    }),
  );

export const placesMarked = (answer: ReachAnswer): Marked[] =>
  answer.places.map(({ name, lon, lat }, index) => ({
    mark: markOf(index, answer.places.length),
    name,
    lon,
    lat,
    kind: 'place',
  }));

export const reachedOnMap = (answer: ReachAnswer): Reached => ({
  features: answer.features.map(({ geometry, properties }) => ({
    type: 'Feature',
    geometry,
    properties: {
      minutes: properties.minutes,
      colour: properties.colour,
      estimate: properties.basis === 'estimate',
    },
  })),
});

/** The colours of what is reached, soonest first, each once however many places there are. */
export function reachBands(answer: ReachAnswer): { minutes: number; label: string; colour: string }[] {
  const bands = new Map<number, { minutes: number; label: string; colour: string }>();
  for (const { properties } of answer.features)
    bands.set(properties.minutes, {
      minutes: properties.minutes,
      label: properties.label,
      colour: properties.colour,
    });
  return [...bands.values()].sort((a, b) => a.minutes - b.minutes);
}

export const namesOf = (sites: readonly TravelSite[], most = 3): string =>
  sites.length > most
    ? `${list(sites.slice(0, most - 1).map((each) => each.name))} and ${number(sites.length - most + 1)} more`
    : list(sites.map((each) => each.name));
