//! The state behind "How far is it?": follows the link, asks the server, remembers what the map's clicks mean.
import * as api from './api';
import type { Bbox } from './api-types';
import { Asked, type Fault } from './asked.svelte';
import { placesOf, placeText } from './places';
import { askOf, travelAskable, travelPath } from './travel-paths';
import type { NearestAnswer, ReachAnswer, RoadNetwork, TravelRow } from './travel-types';
import type { Cause, View } from './url';

export const ofTravel = (view: View): boolean => view.question === 'travel';

/** What a click on the map adds: a site, a place to start from, or a site that is not there yet. */
export type Picking = 'to' | 'at' | 'adding';

export interface TravelHost {
  /** Brings what can be reached into view, when the reader asked for it. */
  showReach(bbox: Bbox, cause: Cause): void;
  say(words: string): void;
}

export function boxOf(answer: ReachAnswer): Bbox | null {
  const box: Bbox = [
    Number.POSITIVE_INFINITY,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  const seen = (lon: number, lat: number) => {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  };
  for (const { geometry } of answer.features) {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
    for (const polygon of polygons) for (const [lon = 0, lat = 0] of polygon[0] ?? []) seen(lon, lat);
  }
  for (const { lon, lat } of answer.places) seen(lon, lat);
  return box[0] <= box[2] ? box : null;
}

export class Travel {
  readonly network = new Asked<RoadNetwork>();
  readonly nearest = new Asked<NearestAnswer>();
  readonly reach = new Asked<ReachAnswer>();
  /** `null` while clicks select areas, as everywhere else. */
  picking = $state<Picking | null>(null);

  rows: Map<string, TravelRow> = $derived(
    new Map((this.nearest.answer?.areas ?? []).map((row) => [row.code, row])),
  );

  readonly #host: TravelHost;

  constructor(host: TravelHost) {
    this.#host = host;
  }

  follow(view: View, cause: Cause): void {
    if (!ofTravel(view)) {
      this.picking = null;
      return;
    }
    this.askNetwork();
    const values = view.travel;
    if (!travelAskable(values)) {
      if (askOf(values) === 'reach') this.reach.clear();
      else this.nearest.clear();
      return;
    }
    const { within } = view;
    const key = travelPath(values, within, askOf(values) === 'reach' ? 'geojson' : 'json');
    if (askOf(values) === 'nearest') {
      this.nearest.ask(
        key,
        (signal) => api.nearest(values, within, signal),
        (answer) => this.#host.say(answer.sentence),
      );
      return;
    }
    this.reach.ask(
      key,
      (signal) => api.reach(values, within, signal),
      (answer) => {
        this.#host.say(answer.sentence);
        const box = boxOf(answer);
        if (box) this.#host.showReach(box, cause);
      },
    );
  }

  /** What journeys the edition can answer: asked once, when the first control needs it. */
  askNetwork(): void {
    this.network.ask('network', (signal) => api.roadNetwork(signal));
  }

  /** What the server refused, by parameter: each control looks for its own. */
  refusal(view: View, parameter: string): Fault | null {
    const { fault } = askOf(view.travel) === 'reach' ? this.reach : this.nearest;
    return fault?.parameter === parameter ? fault : null;
  }

  pick(what: Picking | null): void {
    this.picking = what;
  }

  /** The place where the map was clicked, named by how many there are already. */
  clicked(view: View, lon: number, lat: number): string {
    const list = this.picking === 'to' ? view.travel.to : view.travel.at;
    if (this.picking === 'adding') return placeText(lon, lat, 'New site');
    const named = placesOf(list).flatMap((each) => /^Place (\d+)$/.exec(each.name)?.[1] ?? []);
    return placeText(lon, lat, `Place ${Math.max(0, ...named.map(Number)) + 1}`);
  }
}
