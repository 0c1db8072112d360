//! One reader's drawing: begun in the panel, done on the map, handed to the page as a shape.
import type { Drawing, DrawMode, Shape } from '../map/overlay';

export class DrawingSession implements Drawing {
  mode = $state<DrawMode>('none');
  shape = $state.raw<Shape | null>(null);
  /** What went wrong last, for the panel; empty when nothing did. */
  words = $state('');
  /** How far the drawing is, for the live region. */
  said = $state('');

  readonly #done: (shape: Shape) => void;

  constructor(done: (shape: Shape) => void) {
    this.#done = done;
  }

  start(mode: 'circle' | 'polygon'): void {
    this.shape = null;
    this.words = '';
    this.mode = mode;
  }

  edit(shape: Shape): void {
    this.shape = shape;
    this.words = '';
    this.mode = 'edit';
  }

  finished(shape: Shape): void {
    this.mode = 'none';
    this.said = 'The drawing is finished.';
    this.#done(shape);
  }

  cancelled(): void {
    this.mode = 'none';
    this.said = 'Drawing is cancelled; nothing has changed.';
  }

  fault(words: string): void {
    this.words = words;
  }

  progress(words: string): void {
    this.words = '';
    this.said = words;
  }
}
