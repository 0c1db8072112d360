//! A figure's address holds the page's own link and what was chosen for the sheet, whatever was typed.
import { expect, test } from 'vitest';
import { DEFAULT_VIEW, parse, write } from '../url';
import { type Sheet, USUAL_SHEET } from './figure-types';
import {
  figurable,
  fileName,
  MOST_CHARACTERS,
  plainWords,
  sheetPath,
  tablePath,
  titleFault,
  withWholeLink,
} from './paths';

const sheet = (patch: Partial<Sheet>): Sheet => ({ ...USUAL_SHEET, ...patch });

test('the usual view and the usual sheet need few words', () => {
  expect(sheetPath(DEFAULT_VIEW, USUAL_SHEET, 'pdf')).toBe('/api/sheets/map?size=a4-landscape&f=pdf');
  expect(tablePath(DEFAULT_VIEW, USUAL_SHEET, 'xlsx')).toBe('/api/tables/map?size=a4-landscape&f=xlsx');
});

test.each([
  '?measure=imd-2019.score&within=E07000134&map=-1.13,52.6,9.5',
  '?view=practice&practice=C82038&definition=reach&patients=20&shade=share-of-area&flows=yes',
  '?view=travel&travel-to=hospitals:acute&travel-mode=walk&travel-colours=sites',
  '?view=growth&sort=-dwellings&practice=C82038&household-size=2.3&read=table',
  '?view=area&area=E01025965',
])('the address begins with the link of the view, word for word: %s', (link) => {
  const { view } = parse(link);
  expect(sheetPath(view, USUAL_SHEET, 'svg')).toBe(`/api/sheets/map${link}&size=a4-landscape&f=svg`);
  expect(tablePath(view, USUAL_SHEET, 'gpkg')).toBe(`/api/tables/map${write(view)}&size=a4-landscape&f=gpkg`);
});

test.each(['Need & <b>care</b> + 50% #1', '“Melton”; a=b?c', 'naïve café – £5', '\\textbf{x} #let', '   '])(
  'what was typed comes out of the address as it went in: %s',
  (title) => {
    const path = sheetPath(DEFAULT_VIEW, sheet({ title, subtitle: title }), 'pdf');
    const read = new URL(path, 'http://localhost').searchParams;
    expect(read.get('title')).toBe(title);
    expect(read.get('subtitle')).toBe(title);
    expect([...read.keys()]).toEqual(['size', 'title', 'subtitle', 'f']);
  },
);

test('an empty subtitle is said, for it is not the proposed one', () => {
  expect(sheetPath(DEFAULT_VIEW, sheet({ subtitle: '' }), 'pdf')).toContain('&subtitle=&');
});

test('lists stand in one order, however they were ticked', () => {
  const one = sheet({ hidden: ['caption', 'labels'], points: ['housing-sites', 'practices'] });
  const other = sheet({ hidden: ['labels', 'caption'], points: ['practices', 'housing-sites'] });
  const path = sheetPath(DEFAULT_VIEW, one, 'pdf');
  expect(path).toBe(sheetPath(DEFAULT_VIEW, other, 'pdf'));
  expect(path).toContain('hide=labels,caption&points=practices,housing-sites');
});

test('dots and pages belong to pictures', () => {
  const printed = sheet({ dpi: '300', frame: 'view' });
  expect(sheetPath(DEFAULT_VIEW, printed, 'png', 2)).toBe(
    '/api/sheets/map?size=a4-landscape&frame=view&page=2&dpi=300&f=png',
  );
  expect(sheetPath(DEFAULT_VIEW, printed, 'svg', 2)).toMatch(/&page=2&f=svg$/);
  for (const format of ['pdf', 'pptx', 'json'] as const)
    expect(sheetPath(DEFAULT_VIEW, printed, format, 2)).not.toMatch(/page=|dpi=/);
});

test('a map of places leaves out the measure and all that belongs to it', () => {
  const { view } = parse(
    '?measure=imd-2019.score&area-type=msoa11&classes=4&within=E07000134&map=-1.13,52.6,9.5',
  );
  expect(sheetPath(view, sheet({ plain: true, points: ['practices'] }), 'pdf')).toBe(
    '/api/sheets/map?measure=none&within=E07000134&map=-1.13,52.6,9.5&size=a4-landscape&points=practices&f=pdf',
  );
  const catchment = parse('?view=practice&practice=C82038').view;
  expect(sheetPath(catchment, sheet({ plain: true }), 'pdf')).not.toContain('none');
});

test('one table of several is asked for by its name', () => {
  expect(tablePath(DEFAULT_VIEW, USUAL_SHEET, 'csv', 'key figures')).toMatch(/&table=key\+figures&f=csv$/);
});

test('a title may be long, but not longer than fits', () => {
  expect(titleFault('x'.repeat(MOST_CHARACTERS), true)).toBe('');
  expect(titleFault('🙂'.repeat(MOST_CHARACTERS), true)).toBe('');
  expect(titleFault('x'.repeat(10_000), true)).toMatch(/^10000 characters.*at most 300/);
  expect(titleFault('  ', true)).toMatch(/empty/);
  expect(titleFault('  ', false)).toBe('');
});

test('files are named by their title', () => {
  expect(fileName('Índex of Multiple Deprivation, 2019 (Melton)')).toBe(
    'index-of-multiple-deprivation-2019-melton',
  );
  expect(fileName('../../etc')).toBe('etc');
  expect(fileName('مرحبا')).toBe('figure');
  expect(fileName('x'.repeat(100))).toHaveLength(60);
});

test.each([
  ['', true],
  ['?view=area&area=E01025965', true],
  ['?view=area', false],
  ['?view=practice', false],
  ['?view=growth&practice=C82038', true],
  ['?view=practice&definition=polygon&practice=C82038', false],
  ['?view=travel', true],
  ['?view=travel&travel-to=own', false],
  ['?view=travel&travel-ask=reach', false],
])('a figure is offered where there is something to draw: %s', (link, offered) => {
  expect(figurable(parse(link).view)).toBe(offered);
});

test('a citation ends with a link that can be opened', () => {
  const here = 'https://maps.example/?view=area';
  expect(withWholeLink('Sources: ONS. /?view=travel', '/?view=travel', here)).toBe(
    'Sources: ONS. https://maps.example/?view=travel',
  );
  const known = 'Sources: ONS. https://needs.example/?view=travel';
  expect(withWholeLink(known, 'https://needs.example/?view=travel', here)).toBe(known);
});

test('a character that cannot be printed is named in plain words', () => {
  const said =
    'Title: expected letters that the type of the sheets has; it has none for “🙂” (U+1F642), found "Need 🙂".';
  expect(plainWords(said)).toMatch(
    /^The letters for printing do not include “🙂” \(U\+1F642\)\. Take it out/,
  );
  expect(plainWords('Size: expected a4-portrait.')).toBe('Size: expected a4-portrait.');
});
