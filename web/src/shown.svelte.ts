//! What the map draws besides the measure, made from the page's state; parts that did not change stay the same objects.
import type { CatchmentAnswer, GrowthAnswer } from './catchment-types';
import { DrawingSession } from './drawing/session.svelte';
import { areaName, counted } from './format';
import { journeysOnMap, placesMarked, reachedOnMap, sitesMarked } from './journeys';
import {
  type Catchment,
  type Flow,
  type Journeys,
  type Marked,
  NO_OVERLAY,
  type Overlay,
  type PointRef,
  type Points,
  type Reached,
  type Sites,
} from './map/overlay';
import type { Page } from './page.svelte';
import { placesOf } from './places';
import { areaLines, shadingOf, withheldWhole } from './shading';
import type { Picking } from './travel.svelte';
import { askOf, sitesOf } from './travel-paths';
import type { ShadeBy } from './url';

export function catchmentOnMap(answer: CatchmentAnswer, by: ShadeBy, collection: string): Catchment {
  const { catchment } = answer;
  const shaded = shadingOf(answer, by);
  return {
    label: `${catchment.definition_label}: ${counted(answer.areas.length, catchment.area_type.singular, catchment.area_type.plural)}`,
    collection,
    areas: answer.areas.map((row) => ({
      index: row.index,
      code: row.code,
      shade: shaded ? shaded.classOf(row) : null,
      withheld: withheldWhole(row),
      name: areaName(row),
      lines: areaLines(row, answer),
    })),
    shading: shaded?.shading ?? null,
    shape: catchment.shape ?? null,
    shapeLabel: catchment.definition === 'travel-time' ? 'Edge of what is reached' : 'Shape asked for',
    bbox: catchment.bbox,
  };
}

/** Lines from neighbourhoods to the practice; with several practices nobody knows which share goes where. */
export function flowsOnMap(answer: CatchmentAnswer): Flow[] {
  const [practice, ...others] = answer.catchment.practices;
  if (!practice?.point || others.length > 0) return [];
  const to = practice.point;
  return answer.areas.flatMap((row) =>
    row.patients ? [{ from: row.centroid, to, patients: row.patients }] : [],
  );
}

export function notLocatedWords(answer: GrowthAnswer): string | null {
  const sites = answer.not_located.reduce((sum, each) => sum + each.sites, 0);
  const dwellings = answer.not_located.reduce((sum, each) => sum + each.dwellings, 0);
  if (sites === 0) return null;
  return `Not located: ${counted(sites, 'site', 'sites')}, ${counted(dwellings, 'home', 'homes')}`;
}

const NOTHING_REACHED: Reached = { features: [] };

const PICKING_WORDS: Record<Picking, string> = {
  at: 'Click the map where a journey begins or ends; several places one after the other.',
  to: 'Click the map where a site is; several one after the other.',
  adding: 'Click the map where the new site would be.',
};

export class Shown {
  /** A shape being drawn on the map; what is finished goes into the link. */
  readonly drawing: DrawingSession;

  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
    this.drawing = new DrawingSession((shape) => page.takeShape(shape));
  }

  #catchment: Catchment | null = $derived.by(() => {
    const { answer } = this.#page.catchments.catchment;
    if (!answer) return null;
    const type = answer.catchment.area_type.id;
    const held = this.#page.landing?.area_types.find((each) => each.id === type);
    return catchmentOnMap(answer, this.#page.view.shade ?? 'patients', held?.collection ?? type);
  });

  #flows: Flow[] = $derived.by(() => {
    const { answer } = this.#page.catchments.catchment;
    return answer && this.#page.view.flows ? flowsOnMap(answer) : NO_OVERLAY.flows;
  });

  #growing = $derived.by(() => this.#page.view.question === 'growth');

  #points: Points = $derived({ practices: true, hospitals: true, 'housing-sites': this.#growing });

  #sites: Sites = $derived.by(() => {
    const { answer } = this.#page.catchments.growth;
    if (!answer || !this.#growing) return NO_OVERLAY.sites;
    return {
      statuses: answer.by_status.map((each) => each.status),
      countedStatuses: answer.by_status.filter((each) => each.counted).map((each) => each.status),
      notLocated: notLocatedWords(answer),
    };
  });

  #site: string | null = $derived.by(() => (this.#growing ? this.#page.view.site : null));

  #selected: PointRef[] = $derived.by(() => {
    const practices = this.#page.catchments.card.answer?.practices ?? [];
    const site = this.#page.catchments.growth.answer?.sites.find((each) => each.id === this.#site);
    return [
      ...practices.map(({ code, name }) => ({ collection: 'practices' as const, code, name })),
      ...(site ? [{ collection: 'housing-sites' as const, code: site.id, name: site.name }] : []),
    ];
  });

  readonly #open = (point: PointRef): void => {
    const page = this.#page;
    if (point.collection === 'practices') page.choosePractice(point.code);
    else if (point.collection === 'housing-sites') page.choose({ question: 'growth', site: point.code });
    else page.say(`Hospital: ${point.name}`);
  };

  #reaching = $derived.by(() => this.#page.onTravel && askOf(this.#page.view.travel) === 'reach');

  #colours = $derived.by(
    () => (this.#page.view.travel.colours === 'sites' ? 'sites' : 'bands') as 'bands' | 'sites',
  );

  #journeys: Journeys | null = $derived.by(() => {
    const { answer } = this.#page.travel.nearest;
    if (!answer || this.#reaching) return null;
    const type = answer.question.area_type ?? this.#page.landing?.area_types[0]?.id ?? '';
    const held = this.#page.landing?.area_types.find((each) => each.id === type);
    return journeysOnMap(answer, this.#colours, held?.collection ?? type);
  });

  #reached: Reached = $derived.by(() => {
    const { answer } = this.#page.travel.reach;
    return answer && this.#reaching ? reachedOnMap(answer) : NOTHING_REACHED;
  });

  #marked: Marked[] = $derived.by(() => {
    const { nearest, reach } = this.#page.travel;
    if (this.#reaching) return reach.answer ? placesMarked(reach.answer) : NO_OVERLAY.marked;
    return nearest.answer ? sitesMarked(nearest.answer) : NO_OVERLAY.marked;
  });

  /** What takes over a second is said: how many journeys, to what. */
  #progress: string | null = $derived.by(() => {
    const page = this.#page;
    if (!page.onTravel || page.journeys.waiting !== 'long') return null;
    const { travel } = page.view;
    const count = placesOf(this.#reaching ? travel.at : sitesOf(travel)).length;
    if (this.#reaching)
      return `Working out what can be reached from ${counted(count, 'place', 'places')}, and how many people live there…`;
    return 'Working out the journeys of every neighbourhood to its nearest site…';
  });

  #picking: Overlay['picking'] = $derived.by(() => {
    const page = this.#page;
    const { picking } = page.travel;
    if (!picking || !page.onTravel) return null;
    return {
      words: PICKING_WORDS[picking],
      pick: (lon: number, lat: number) => page.pickPlace(lon, lat),
      done: () => page.travel.pick(null),
    };
  });

  #travelOverlay(): Overlay {
    return {
      ...NO_OVERLAY,
      journeys: this.#journeys,
      reached: this.#journeys ? null : this.#reached,
      marked: this.#marked,
      waiting: this.#page.journeys.waiting !== 'no',
      progress: this.#progress,
      picking: this.#picking,
    };
  }

  overlay: Overlay = $derived.by(() => {
    if (this.#page.onTravel) return this.#travelOverlay();
    if (!this.#page.onCatchment) return NO_OVERLAY;
    return {
      points: this.#points,
      sites: this.#sites,
      selected: this.#selected,
      catchment: this.#catchment,
      waiting: this.#page.catchments.catchment.waiting !== 'no',
      flows: this.#flows,
      drawing: this.drawing,
      journeys: null,
      reached: null,
      marked: NO_OVERLAY.marked,
      progress: null,
      picking: null,
      open: this.#open,
    };
  });
}
