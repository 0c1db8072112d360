//! The state behind "Who does a practice serve?" and "What will housing growth mean?": follows the link, asks the server.
import * as api from './api';
import { Asked, type Fault } from './asked.svelte';
import {
  againstValues,
  askable,
  catchmentPath,
  definitionOf,
  definitionsPath,
  growthPath,
} from './catchment-paths';
import type {
  CatchmentAnswer,
  CatchmentRow,
  DefinitionsAnswer,
  GrowthAnswer,
  PracticeCard,
} from './catchment-types';
import type { Cause, View } from './url';

export const ofCatchment = (view: View): boolean =>
  view.question === 'practice' || view.question === 'growth';

export interface Host {
  /** The catchment is the extent of the view: the map shows it unless the link puts the map elsewhere. */
  showCatchment(bbox: CatchmentAnswer['catchment']['bbox'], cause: Cause): void;
  say(words: string): void;
}

export class Catchments {
  readonly card = new Asked<PracticeCard>();
  readonly catchment = new Asked<CatchmentAnswer>();
  readonly against = new Asked<CatchmentAnswer>();
  readonly definitions = new Asked<DefinitionsAnswer>();
  readonly growth = new Asked<GrowthAnswer>();

  rows: Map<string, CatchmentRow> = $derived(
    new Map((this.catchment.answer?.areas ?? []).map((row) => [row.code, row])),
  );

  readonly #host: Host;

  constructor(host: Host) {
    this.#host = host;
  }

  follow(view: View, cause: Cause): void {
    if (!ofCatchment(view)) return;
    this.#askCard(view);
    this.#askCatchment(view, cause);
    if (view.question === 'practice') {
      this.#askDefinitions(view);
      this.#askAgainst(view);
    } else this.#askGrowth(view);
  }

  /** What the server refused, by parameter: each control looks for its own. */
  refusal(parameter: string): Fault | null {
    const faults = [this.catchment.fault, this.growth.fault, this.definitions.fault];
    return faults.find((fault) => fault?.parameter === parameter) ?? null;
  }

  #askCard(view: View): void {
    const { practice } = view.catchment;
    if (!practice) this.card.clear();
    else this.card.ask(practice, (signal) => api.practice(practice, signal));
  }

  #askCatchment(view: View, cause: Cause): void {
    const values = view.catchment;
    if (!askable(values)) {
      // While a shape is still to be drawn, the old answer stays, dimmed.
      if (definitionOf(values) === null) this.catchment.clear();
      return;
    }
    const key = catchmentPath(values, 'json');
    const known = this.catchment.answer;
    if (known && this.catchment.answered === key) {
      if (cause === 'back' && !view.map) this.#host.showCatchment(known.catchment.bbox, cause);
    }
    this.catchment.ask(
      key,
      (signal) => api.catchment(values, signal),
      (answer) => {
        this.#host.showCatchment(answer.catchment.bbox, cause);
        if (view.question === 'practice') this.#host.say(answer.sentence);
      },
    );
  }

  #askDefinitions(view: View): void {
    const { catchment, growth } = view;
    if (!catchment.practice) this.definitions.clear();
    else
      this.definitions.ask(definitionsPath(catchment, growth, 'json'), (signal) =>
        api.definitions(catchment, growth, signal),
      );
  }

  #askAgainst(view: View): void {
    const values = againstValues(view.catchment, view.against);
    if (!values) this.against.clear();
    else this.against.ask(catchmentPath(values, 'json'), (signal) => api.catchment(values, signal));
  }

  #askGrowth(view: View): void {
    const { catchment, growth } = view;
    if (definitionOf(catchment) === null) this.growth.clear();
    if (askable(catchment))
      this.growth.ask(
        growthPath(catchment, growth, 'json'),
        (signal) => api.growth(catchment, growth, signal),
        (answer) => this.#host.say(answer.sentence),
      );
  }
}
