//! The page's state: follows the link, asks the server, keeps the old answer until the new one is there.
import * as api from './api';
import { Problem } from './api';
import type { AreaCard, Classes, Collection, Landing, Measures, Row, Source, Values } from './api-types';
import { type Fault, QUIET_MS, SLOW_MS, type Waiting, wordsOf } from './asked.svelte';
import { Catchments, ofCatchment } from './catchments.svelte';
import { type Choice, choiceOf, measureId, parametersOf } from './choice';
import type { Drawn } from './drawing/result';
import { shortened } from './drawing/shorten';
import {
  type AgainstParameter,
  type CatchmentParameter,
  changed,
  type GrowthParameter,
  type TravelParameter,
} from './parameters';
import { OWN, withPlace } from './places';
import { answerSentence, rowWords } from './sentence';
import { Shown } from './shown.svelte';
import { ofTravel, Travel } from './travel.svelte';
import { askOf } from './travel-paths';
import { type Cause, DEFAULT_VIEW, Link, type Read, type View } from './url';

export interface Answer {
  key: string;
  choice: Choice;
  classes: Classes;
  values: Values;
  rows: Map<string, Row>;
}

/** What the map should bring into view, and why; a new object each time, so that asking twice works. */
export interface Focus {
  bbox: [number, number, number, number];
  /** An area already in view stays where it is; a place asked for by name is always gone to. */
  always: boolean;
  /** The extent of the view itself, which the link implies and need not repeat. */
  extent: boolean;
}

/** Parameters that a Problem can name, with what letting go of each means for the view. */
const LET_GO: Record<string, (view: View, words: string) => Partial<View>> = {
  measure: () => ({ measure: null }),
  'area-type': () => ({ areaType: null }),
  period: () => ({ period: null }),
  sex: () => ({ sex: null }),
  age: () => ({ age: null }),
  method: () => ({ method: null, breaks: null }),
  classes: () => ({ classes: null }),
  breaks: () => ({ breaks: null, method: null }),
  scheme: () => ({ scheme: null }),
  within: (view, words) => {
    const left = view.within.filter((code) => !words.toUpperCase().includes(code));
    return { within: left.length < view.within.length ? left : [] };
  },
};

export class Page {
  view = $state.raw<View>(DEFAULT_VIEW);
  landing = $state.raw<Landing | null>(null);
  measures = $state.raw<Measures | null>(null);
  collections = $state.raw<Collection[]>([]);
  answer = $state.raw<Answer | null>(null);
  card = $state.raw<AreaCard | null>(null);
  districts = $state.raw<Row[] | null>(null);
  notices = $state.raw<string[]>([]);
  fault = $state.raw<Fault | null>(null);
  cardFault = $state.raw<Fault | null>(null);
  waiting = $state<Waiting>('no');
  cardWaiting = $state(false);
  focus = $state.raw<Focus | null>(null);
  /** Where the link puts the map, when a link was opened or Back was pressed. */
  place = $state.raw<View['map']>(null);
  said = $state('');
  /** What opened the figure's dialogue, while it is open: the focus goes back there. */
  figureOpener = $state.raw<HTMLElement | null>(null);
  readonly catchments = new Catchments({
    showCatchment: (bbox, cause) => this.#showCatchment(bbox, cause),
    say: (words) => this.say(words),
  });
  readonly travel = new Travel({
    showReach: (bbox, cause) => this.#showReach(bbox, cause),
    say: (words) => this.say(words),
  });
  readonly shown = new Shown(this);

  readonly #link: Link;
  #asked: AbortController | null = null;
  #askedCard: AbortController | null = null;
  #askedKey = '';
  #cause: Cause = 'open';
  #timers: number[] = [];
  #districtsAsked: Promise<void> | null = null;
  #quiet = false;
  #cards = new Map<string, AreaCard>();

  choice: Choice | null = $derived.by(() => {
    if (!this.landing || !this.measures) return null;
    return choiceOf(this.view, this.landing, this.measures).choice;
  });

  selectedRow: Row | null = $derived(this.view.area ? (this.answer?.rows.get(this.view.area) ?? null) : null);

  constructor(host: Window) {
    this.#link = new Link(host, (read, cause) => this.#follow(read, cause));
  }

  get onCatchment(): boolean {
    return ofCatchment(this.view);
  }

  get onTravel(): boolean {
    return ofTravel(this.view);
  }

  /** The answer to the journey that is asked for, whichever of the two questions it is. */
  get journeys() {
    return askOf(this.view.travel) === 'reach' ? this.travel.reach : this.travel.nearest;
  }

  /** The sources of the figures in view. */
  get sources(): Source[] {
    if (this.onTravel) return this.journeys.answer?.sources ?? [];
    if (!this.onCatchment) return this.answer?.classes.sources ?? [];
    const { catchment, growth } = this.catchments;
    const answers = [catchment.answer, this.view.question === 'growth' ? growth.answer : null];
    const all = answers.flatMap((answer) => answer?.sources ?? []);
    return [...new Map(all.map((source) => [source.id, source])).values()];
  }

  get districtType() {
    return this.landing?.area_types.find((type) => type.id.startsWith('lad')) ?? null;
  }

  async start(): Promise<void> {
    this.fault = null;
    this.#wait();
    try {
      const [landing, measures, collections] = await Promise.all([
        api.landing(),
        api.measures(),
        api.collections(),
      ]);
      this.landing = landing;
      this.measures = measures;
      this.collections = collections.collections;
      this.#link.open();
    } catch (cause) {
      this.#rest();
      this.fault = { words: wordsOf(cause), again: () => void this.start() };
    }
  }

  /** A reader's choice: goes into the link, where Back undoes it. */
  choose(patch: Partial<View>): void {
    this.#link.choose({ ...this.view, ...patch });
  }

  /** Changes how the catchment is asked for; `null` lets a parameter go back to its usual value. */
  chooseCatchment(patch: { [Name in CatchmentParameter]?: string | null }, rest: Partial<View> = {}): void {
    this.choose({ ...rest, catchment: changed(this.view.catchment, patch) });
  }

  chooseGrowth(patch: { [Name in GrowthParameter]?: string | null }): void {
    this.choose({ growth: changed(this.view.growth, patch) });
  }

  /** Changes the journeys that are asked about; `null` lets a parameter go back to its usual value. */
  chooseTravel(patch: { [Name in TravelParameter]?: string | null }, rest: Partial<View> = {}): void {
    this.choose({ ...rest, travel: changed(this.view.travel, patch) });
  }

  /** A place joins those asked about; a site that is not there yet takes the place of the one before. */
  addPlace(list: 'to' | 'at' | 'adding', text: string): void {
    const { to, at } = this.view.travel;
    if (list === 'adding') this.chooseTravel({ adding: text });
    else if (list === 'at') this.chooseTravel({ at: withPlace(at, text) });
    else this.chooseTravel({ to: withPlace(to === undefined ? OWN : to, text) });
  }

  /** A click on the map while places are being put on it. */
  pickPlace(lon: number, lat: number): void {
    const { picking } = this.travel;
    if (!picking) return;
    this.addPlace(picking, this.travel.clicked(this.view, lon, lat));
    if (picking === 'adding') this.travel.pick(null);
  }

  chooseAgainst(patch: { [Name in AgainstParameter]?: string | null }): void {
    this.choose({ against: changed(this.view.against, patch) });
  }

  /** Asks about a practice, or the practices of a network; a drawn shape is let go, a definition by patients stays. */
  choosePractice(practice: string): void {
    const shaped = ['polygon', 'areas'].includes(this.view.catchment.definition ?? '');
    this.chooseCatchment(
      { practice, lon: null, lat: null, ...(shaped ? { definition: null } : {}) },
      {
        question: this.view.question === 'growth' ? 'growth' : 'practice',
        area: null,
        site: null,
        sort: null,
      },
    );
  }

  /** A circle or polygon, drawn, typed or uploaded, becomes the catchment. */
  takeShape(shape: Drawn): void {
    if (shape.kind === 'circle') {
      const { lon, lat, metres } = shape;
      this.chooseCatchment({
        definition: 'radius',
        lon: String(Number(lon.toFixed(5))),
        lat: String(Number(lat.toFixed(5))),
        metres: String(Math.round(metres)),
      });
    } else if (shape.kind === 'areas') {
      this.chooseCatchment({ definition: 'areas', areas: shape.codes.join(',') });
    } else if (shape.kind === 'polygon') {
      this.chooseCatchment({ definition: 'polygon', polygon: shape.wkt });
    } else {
      const { wkt, words } = shortened(shape.geometry);
      this.chooseCatchment({ definition: 'polygon', polygon: wkt });
      this.warn(words);
    }
  }

  /** Selects an area; `follow` brings the map along when the choice was not made on the map itself. */
  select(code: string | null, follow = false): void {
    this.#quiet = !follow;
    this.choose({ area: code });
    this.#quiet = false;
  }

  moveMap(map: View['map']): void {
    if (map === null && this.view.map === null) return;
    this.#link.moveMap({ ...this.view, map });
  }

  goTo(bbox: Focus['bbox'], extent = false): void {
    this.focus = { bbox, always: true, extent };
  }

  /** Brings a place into view unless it is there already. */
  show(bbox: Focus['bbox']): void {
    this.focus = { bbox, always: false, extent: false };
  }

  warn(words: string): void {
    this.notices = [...this.notices, words];
  }

  /** Opens the dialogue that makes a figure of the view. */
  makeFigure(opener: HTMLElement): void {
    this.figureOpener = opener;
  }

  closeFigure(): void {
    const opener = this.figureOpener;
    this.figureOpener = null;
    opener?.focus();
  }

  dismissNotices(): void {
    this.notices = [];
  }

  say(words: string): void {
    this.said = words;
  }

  #follow(read: Read, cause: Cause): void {
    const before = this.view;
    this.view = read.view;
    if (cause === 'map') return;
    this.#cause = cause;
    if (cause === 'open' || cause === 'back') this.#putMap(before, read.view, cause);
    if (!this.landing || !this.measures) return;
    const { choice, notices } = choiceOf(read.view, this.landing, this.measures);
    this.notices = [...read.notices, ...notices];
    if (choice) void this.#ask(choice, read.view);
    else this.#rest();
    this.catchments.follow(read.view, cause);
    this.travel.follow(read.view, cause);
    if (!ofCatchment(read.view) && this.shown.drawing.mode !== 'none') this.shown.drawing.cancelled();
    if (ofCatchment(before) !== ofCatchment(read.view) && cause === 'choice') this.#changeExtent(read.view);
    if (read.view.area !== before.area || cause === 'open') void this.#askCard(read.view.area, this.#quiet);
  }

  #putMap(before: View, view: View, cause: Cause): void {
    if (view.map) this.place = { ...view.map };
    else if (cause === 'back' && before.map && !ofCatchment(view)) void this.#showExtent(view.within);
  }

  /** A link without a place shows the extent of its view, and the two kinds of view have different extents. */
  #changeExtent(view: View): void {
    if (view.map) return;
    const known = this.catchments.catchment.answer;
    if (!ofCatchment(view)) void this.#showExtent(view.within);
    else if (known && this.catchments.catchment.waiting === 'no') this.goTo(known.catchment.bbox, true);
  }

  #showCatchment(bbox: Focus['bbox'], cause: Cause): void {
    if (!ofCatchment(this.view)) return;
    if (!this.view.map) this.goTo(bbox, true);
    else if (cause === 'choice') this.focus = { bbox, always: false, extent: false };
  }

  #showReach(bbox: Focus['bbox'], cause: Cause): void {
    if (!ofTravel(this.view)) return;
    if (!this.view.map) this.goTo(bbox, true);
    else if (cause === 'choice') this.show(bbox);
  }

  async #ask(choice: Choice, view: View): Promise<void> {
    const parameters = parametersOf(choice, view);
    const key = `${measureId(choice)}?${parameters}`;
    if (key === this.#askedKey && !this.fault) return;
    this.#asked?.abort();
    const asked = new AbortController();
    this.#asked = asked;
    this.#askedKey = key;
    this.fault = null;
    this.#wait();
    try {
      const id = measureId(choice);
      const [classes, values] = await Promise.all([
        api.classes(id, parameters, asked.signal),
        api.values(id, parameters, asked.signal),
      ]);
      if (asked.signal.aborted) return;
      const changedExtent = classes.extent.codes.join() !== (this.answer?.classes.extent.codes.join() ?? '');
      const rows = new Map(values.values.map((row) => [row.code, row]));
      this.answer = { key, choice, classes, values, rows };
      this.#rest();
      if (!ofCatchment(view) && !ofTravel(view)) this.said = answerSentence(classes, choice.areaType);
      if (changedExtent && !ofCatchment(view) && !(view.map && this.#cause !== 'choice'))
        void this.#showExtent(classes.extent.codes);
    } catch (cause) {
      if (asked.signal.aborted) return;
      this.#askedKey = '';
      if (this.#letGo(cause, view)) return;
      this.#rest();
      this.fault = { words: wordsOf(cause), again: () => void this.#ask(choice, view) };
    }
  }

  /** A value that the server does not know is named in words, and the view is shown without it. */
  #letGo(cause: unknown, view: View): boolean {
    if (!(cause instanceof Problem) || !cause.parameter || !this.landing || !this.measures) return false;
    const patch = LET_GO[cause.parameter]?.(view, cause.message);
    if (!patch) return false;
    const left = { ...view, ...patch };
    if (JSON.stringify(left) === JSON.stringify(view)) return false;
    this.view = left;
    const { choice } = choiceOf(left, this.landing, this.measures);
    if (!choice) return false;
    this.notices = [...this.notices, `${cause.message} The page shows the rest of the link without it.`];
    void this.#ask(choice, left);
    return true;
  }

  async #askCard(code: string | null, quiet: boolean): Promise<void> {
    this.#askedCard?.abort();
    this.cardFault = null;
    this.cardWaiting = false;
    if (!code) {
      this.card = null;
      return;
    }
    const asked = new AbortController();
    this.#askedCard = asked;
    const timer = window.setTimeout(() => {
      this.cardWaiting = true;
    }, QUIET_MS);
    try {
      const card = this.#cards.get(code) ?? (await api.area(code, asked.signal));
      if (asked.signal.aborted) return;
      this.#cards.set(code, card);
      this.card = card;
      const row = this.answer?.rows.get(code);
      this.said =
        row && this.answer ? `Selected: ${rowWords(row, this.answer.classes)}` : `Selected: ${card.name}`;
      if (!quiet && !(this.#cause === 'open' && this.view.map))
        this.focus = { bbox: card.bbox, always: false, extent: false };
    } catch (cause) {
      if (asked.signal.aborted) return;
      this.card = null;
      if (cause instanceof Problem && cause.status >= 400 && cause.status < 500) {
        this.notices = [...this.notices, `${cause.message} No area is selected.`];
        this.view = { ...this.view, area: null };
      } else {
        this.cardFault = { words: wordsOf(cause), again: () => void this.#askCard(code, quiet) };
      }
    } finally {
      window.clearTimeout(timer);
      if (this.#askedCard === asked) this.cardWaiting = false;
    }
  }

  async #showExtent(codes: string[]): Promise<void> {
    if (!this.landing) return;
    if (codes.length === 0) {
      this.goTo(this.landing.extent.bbox, true);
      return;
    }
    try {
      const boxes = await Promise.all(
        codes.map(async (code) => {
          const card = this.#cards.get(code) ?? (await api.area(code));
          this.#cards.set(code, card);
          return card.bbox;
        }),
      );
      this.goTo(
        [
          Math.min(...boxes.map((box) => box[0])),
          Math.min(...boxes.map((box) => box[1])),
          Math.max(...boxes.map((box) => box[2])),
          Math.max(...boxes.map((box) => box[3])),
        ],
        true,
      );
    } catch {
      // The map stays where it is: the figures are already filtered, only the zoom is missing.
    }
  }

  /** The districts to filter by: names only, asked for when first needed. */
  askDistricts(): Promise<void> {
    this.#districtsAsked ??= this.#districtNames().catch(() => {
      this.#districtsAsked = null;
    });
    return this.#districtsAsked;
  }

  async #districtNames(): Promise<void> {
    const type = this.districtType;
    const held = this.measures?.measures.flatMap((measure) =>
      measure.held.filter((each) => each.area_type === type?.id).map((each) => `${measure.id}.${each.field}`),
    )[0];
    if (!type || !held) return;
    const answer = await api.values(held, new URLSearchParams({ 'area-type': type.id }));
    this.districts = [...answer.values].sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  }

  #wait(): void {
    this.#rest();
    this.#timers = [
      window.setTimeout(() => {
        this.waiting = 'a little';
      }, QUIET_MS),
      window.setTimeout(() => {
        this.waiting = 'long';
      }, SLOW_MS),
    ];
  }

  #rest(): void {
    for (const timer of this.#timers) window.clearTimeout(timer);
    this.#timers = [];
    this.waiting = 'no';
  }
}
