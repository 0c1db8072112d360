//! One question to the server: the old answer stays until the new one is there, and a later question ends an earlier.
import { Problem } from './api';

export interface Fault {
  words: string;
  /** The parameter that the server refused, so that its own control can say why. */
  parameter?: string;
  again: () => void;
}

/** A pause shorter than this is not worth a sign of waiting. */
export const QUIET_MS = 150;
export const SLOW_MS = 1000;

export type Waiting = 'no' | 'a little' | 'long';

export function wordsOf(cause: unknown): string {
  if (cause instanceof Problem) return cause.message;
  return 'The page could not read the answer of the server. Reload the page; if it stays, tell whoever runs this server.';
}

export class Asked<T> {
  answer = $state.raw<T | null>(null);
  fault = $state.raw<Fault | null>(null);
  waiting = $state<Waiting>('no');
  /** The question that `answer` answers. */
  answered = '';

  #key = '';
  #running: AbortController | null = null;
  #timers: number[] = [];

  /** Asks unless just this is answered or under way; `then` hears of a new answer. */
  ask(key: string, question: (signal: AbortSignal) => Promise<T>, then?: (answer: T) => void): void {
    if (key === this.#key && !this.fault) return;
    void this.#run(key, question, then);
  }

  clear(): void {
    this.#running?.abort();
    this.#rest();
    this.#key = '';
    this.answered = '';
    this.answer = null;
    this.fault = null;
  }

  async #run(key: string, question: (signal: AbortSignal) => Promise<T>, then?: (answer: T) => void) {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.#key = key;
    this.fault = null;
    this.#wait();
    try {
      const answer = await question(running.signal);
      if (running.signal.aborted) return;
      this.answer = answer;
      this.answered = key;
      this.#rest();
      then?.(answer);
    } catch (cause) {
      if (running.signal.aborted) return;
      this.#rest();
      // What is not there has no figures: those of another practice would stand under the wrong name.
      if (cause instanceof Problem && cause.status === 404) this.answer = null;
      const again = () => void this.#run(key, question, then);
      const parameter = cause instanceof Problem ? cause.parameter : undefined;
      this.fault = { words: wordsOf(cause), again, ...(parameter ? { parameter } : {}) };
    }
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
