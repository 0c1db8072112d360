//! The patterns of areas without a figure: one for each reason, drawn alike on the map and in the key.
import type { Status } from '../api-types';

export const PATTERN_SIZE = 8;

const INK: [number, number, number] = [108, 117, 125];
const GROUND: [number, number, number] = [255, 255, 255];

/** Whether a pixel of the tile is ink: diagonal lines, dots or a cross-hatch, told apart without colour. */
const DRAWN: Record<Status, (x: number, y: number) => boolean> = {
  suppressed: (x, y) => (x + y) % PATTERN_SIZE < 2,
  not_held: (x, y) => x % 4 < 1 && y % 4 < 1,
  not_applicable: (x, y) => (x + y) % PATTERN_SIZE < 1 || (x - y + PATTERN_SIZE) % PATTERN_SIZE < 1,
};

export const STATUSES: Status[] = ['suppressed', 'not_held', 'not_applicable'];

export function pattern(status: Status): { width: number; height: number; data: Uint8Array } {
  const size = PATTERN_SIZE;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      data.set([...(DRAWN[status](x, y) ? INK : GROUND), 255], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** Patterns that lie over a colour: dots for what is estimated, stripes for a colour's second round. */
export type Veil = 'estimated' | 'striped';
const VEILED: Record<Veil, (x: number, y: number) => boolean> = {
  estimated: (x, y) => {
    const [cx, cy] = [(x % 8) - 3.5, (y % 8) - 3.5];
    const [dx, dy] = [((x + 4) % 8) - 3.5, ((y + 4) % 8) - 3.5];
    return Math.min(Math.hypot(cx, cy), Math.hypot(dx, dy)) < 1.2;
  },
  striped: (x, y) => (x + y) % PATTERN_SIZE < 2,
};

/** Ink on nothing: the colour beneath shows between. */
export function veil(name: Veil): { width: number; height: number; data: Uint8Array } {
  const size = PATTERN_SIZE;
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y += 1)
    for (let x = 0; x < size; x += 1)
      if (VEILED[name](x, y)) data.set([29, 42, 53, name === 'estimated' ? 205 : 120], (y * size + x) * 4);
  return { width: size, height: size, data };
}

/** Paints a colour of the key with its veil. */
export function paintVeiled(canvas: HTMLCanvasElement, colour: string, name: Veil | null): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = colour;
  context.fillRect(0, 0, canvas.width, canvas.height);
  if (!name) return;
  context.fillStyle = 'rgb(29 42 53 / 70%)';
  for (let y = 0; y < canvas.height; y += 1)
    for (let x = 0; x < canvas.width; x += 1) if (VEILED[name](x, y)) context.fillRect(x, y, 1, 1);
}

/** Paints a swatch of the key; a canvas because a strict policy forbids `data:` patterns in style sheets. */
export function paintSwatch(canvas: HTMLCanvasElement, status: Status): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const tile = context.createImageData(PATTERN_SIZE, PATTERN_SIZE);
  tile.data.set(pattern(status).data);
  for (let x = 0; x < canvas.width; x += PATTERN_SIZE)
    for (let y = 0; y < canvas.height; y += PATTERN_SIZE) context.putImageData(tile, x, y);
}
