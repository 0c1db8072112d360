//! The addresses of a figure: the words of the page's own link, then those of the sheet.
import { askable } from '../catchment-paths';
import { travelAskable } from '../travel-paths';
import { DEFAULT_VIEW, encode, type View, write } from '../url';
import { PARTS, POINTS, type Sheet, type SheetFormat, type TableFormat } from './figure-types';

/** Longer titles would leave no room for the map. */
export const MOST_CHARACTERS = 300;

/** Whether the link holds enough for a figure: a view that still waits for its practice or place has none. */
export function figurable(view: View): boolean {
  if (view.question === 'area') return view.area !== null;
  if (view.question === 'travel') return travelAskable(view.travel);
  return view.question === 'need' || askable(view.catchment);
}

/** A citation with the whole link: a server that does not know its own address cites the part that it knows. */
export function withWholeLink(citation: string, link: string, here: string): string {
  const whole = new URL(link, here).href;
  return citation.endsWith(link) ? citation.slice(0, citation.length - link.length) + whole : citation;
}

type Words = [string, string][];

/** The sheet's own words; usual values are left out, so that the link says what was chosen. */
export function sheetWords(sheet: Sheet): Words {
  const words: Words = [['size', sheet.size]];
  if (sheet.title !== null) words.push(['title', sheet.title]);
  if (sheet.subtitle !== null) words.push(['subtitle', sheet.subtitle]);
  const inOrder = (all: readonly { value: string }[], chosen: readonly string[]) =>
    all.flatMap(({ value }) => (chosen.includes(value) ? [value] : [])).join(',');
  const hidden = inOrder(PARTS, sheet.hidden);
  if (hidden) words.push(['hide', hidden]);
  const points = inOrder(POINTS, sheet.points);
  if (points) words.push(['points', points]);
  if (sheet.frame !== 'extent') words.push(['frame', sheet.frame]);
  return words;
}

/** The view without its measure, for a map that shows where places are. */
const withoutMeasure = (view: View): View => ({
  ...DEFAULT_VIEW,
  measure: 'none',
  within: view.within,
  map: view.map,
});

function address(path: string, view: View, sheet: Sheet, words: Words): string {
  const link = write(sheet.plain && view.question === 'need' ? withoutMeasure(view) : view);
  const own = words.map(([name, value]) => `${name}=${encode(value)}`).join('&');
  return `${path}${link ? `${link}&` : '?'}${own}`;
}

/** The figure itself; `page` is counted from 1 and belongs to pictures only, for a PDF or a slide show holds all pages. */
export function sheetPath(view: View, sheet: Sheet, format: SheetFormat, page = 1): string {
  const words = sheetWords(sheet);
  if (page > 1 && (format === 'svg' || format === 'png')) words.push(['page', String(page)]);
  if (format === 'png') words.push(['dpi', sheet.dpi]);
  return address('/api/sheets/map', view, sheet, [...words, ['f', format]]);
}

/** The numbers behind the figure; formats that hold one table only take its name. */
export function tablePath(view: View, sheet: Sheet, format: TableFormat, table?: string): string {
  const words = sheetWords(sheet);
  if (table !== undefined) words.push(['table', table]);
  return address('/api/tables/map', view, sheet, [...words, ['f', format]]);
}

/** Why typed words cannot be a title, or nothing where they can. */
export function titleFault(text: string, needed: boolean): string {
  const length = [...text.trim()].length;
  if (needed && length === 0)
    return 'The title is empty. Type one, or use the proposed title; to print none, untick “Title and subtitle”.';
  if (length > MOST_CHARACTERS)
    return `${length} characters are too many to print. Use at most ${MOST_CHARACTERS}.`;
  return '';
}

/** What the server refused, in the words of whoever typed it: a character that has no letter is the usual case. */
export function plainWords(words: string): string {
  const character = /“(.{1,12}?)” \((U\+[0-9A-F]+)\)/u.exec(words);
  if (!character) return words;
  return `The letters for printing do not include “${character[1]}” (${character[2]}). Take it out, or say it in words.`;
}

/** A name for a file, made of the title. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return plain.slice(0, 60).replaceAll(/^-+|-+$/g, '') || 'figure';
}
