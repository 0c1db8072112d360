//! The state of the figure's dialogue: the reader's choices, what the server says of them, the picture of them.
import { figure, pictureProblem } from '../api';
import { Asked, type Fault } from '../asked.svelte';
import { type View, write } from '../url';
import { type FigureDescription, type Sheet, USUAL_SHEET } from './figure-types';
import { plainWords, sheetPath, titleFault } from './paths';

/** Whoever types is let finish a word before it is drawn. */
const TYPING_MS = 300;

export interface Picture {
  src: string;
  width: number;
  height: number;
  page: number;
}

/** What of a view a figure depends on: not where the map happens to be, which moves with the window. */
export const figureKey = (view: View): string => write({ ...view, map: null, table: false, sort: null });

/** Loads a picture wholly before it is shown, so that the old one stays until then. */
async function loaded(src: string, page: number, signal: AbortSignal): Promise<Picture> {
  const image = new Image();
  signal.addEventListener('abort', () => image.removeAttribute('src'));
  image.src = src;
  try {
    await image.decode();
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw await pictureProblem(src, signal);
  }
  return { src, width: image.naturalWidth, height: image.naturalHeight, page };
}

/** The choices outlive the dialogue, for all figures of a report are made alike; typed titles belong to their view. */
let kept: { sheet: Sheet; of: string } = { sheet: USUAL_SHEET, of: '' };

function begun(view: View): Sheet {
  const same = kept.of === figureKey(view);
  return {
    ...kept.sheet,
    title: same ? kept.sheet.title : null,
    subtitle: same ? kept.sheet.subtitle : null,
    frame: view.map ? kept.sheet.frame : 'extent',
  };
}

export class FigureSession {
  sheet = $state.raw<Sheet>(USUAL_SHEET);
  page = $state(1);
  readonly description = new Asked<FigureDescription>();
  readonly picture = new Asked<Picture>();
  /** The server's own words for this view, for the fields to begin with and to go back to. */
  proposed = $state.raw({ title: '', subtitle: '' });

  readonly view: View;

  #timer = 0;

  titleFault: string = $derived(
    this.sheet.title === null ? '' : titleFault(this.sheet.title, !this.sheet.hidden.includes('title')),
  );
  subtitleFault: string = $derived(titleFault(this.sheet.subtitle ?? '', false));

  constructor(view: View) {
    this.view = view;
    this.sheet = begun(view);
    this.ask();
  }

  /** What is wrong with a choice: before it is asked, or by the server's word. */
  refusal(parameter: string): string {
    if (parameter === 'title' && this.titleFault) return this.titleFault;
    if (parameter === 'subtitle' && this.subtitleFault) return this.subtitleFault;
    return this.fault?.parameter === parameter ? plainWords(this.fault.words) : '';
  }

  /** The description is refused with the same words as the picture, and sooner. */
  get fault(): Fault | null {
    return this.description.fault ?? this.picture.fault;
  }

  /** Whether what stands in the dialogue can be downloaded. */
  get sound(): boolean {
    return !this.titleFault && !this.subtitleFault && this.fault === null;
  }

  get pages(): number {
    return this.description.answer?.pages ?? 1;
  }

  /** Takes a choice; what is typed is asked about after a pause. */
  choose(patch: Partial<Sheet>, typing = false): void {
    this.sheet = { ...this.sheet, ...patch };
    kept = { sheet: this.sheet, of: figureKey(this.view) };
    this.page = 1;
    window.clearTimeout(this.#timer);
    if (typing) this.#timer = window.setTimeout(() => this.ask(), TYPING_MS);
    else this.ask();
  }

  turn(to: number): void {
    this.page = Math.min(Math.max(to, 1), this.pages);
    this.ask();
  }

  ask(): void {
    if (this.titleFault || this.subtitleFault) return;
    const { sheet, page } = this;
    const path = sheetPath(this.view, sheet, 'json');
    this.description.ask(
      path,
      (signal) => figure(path, signal),
      (answer) => {
        this.proposed = {
          title: sheet.title === null ? answer.title : this.proposed.title,
          subtitle: sheet.subtitle === null ? answer.subtitle : this.proposed.subtitle,
        };
      },
    );
    const src = sheetPath(this.view, sheet, 'svg', page);
    this.picture.ask(src, (signal) => loaded(src, page, signal));
  }

  again(): void {
    this.description.fault?.again();
    this.picture.fault?.again();
  }

  close(): void {
    window.clearTimeout(this.#timer);
    this.description.clear();
    this.picture.clear();
  }
}
