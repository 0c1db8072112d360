// What an estate officer does with a practice: finds it, defines its catchment, reads it, shows it to a colleague.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, idle, PHONE, photograph, start, tabTo } from './harness.mjs';

let house;
before(async () => {
  house = await start();
});
after(async () => {
  await house?.stop();
});

const LATHAM = '/?view=practice&practice=C82038';
const text = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim();
const numberOf = (words) => Number(/[\d,]+/.exec(words)[0].replaceAll(',', ''));
const sentence = (page) => text(page.locator('.sentence').first());

/** Waits for a sentence other than the one before. */
async function newSentence(page, before) {
  await page.waitForFunction((words) => {
    const now = document.querySelector('.sentence')?.innerText.replace(/\s+/g, ' ').trim();
    return now !== undefined && now !== words && document.querySelector('.answer.dimmed') === null;
  }, before);
  return sentence(page);
}

/** A figure of "In figures" by its words. */
async function figure(page, words) {
  const term = page.locator('section[aria-labelledby="summary-title"] dt', { hasText: words }).first();
  return numberOf(await term.locator('xpath=following-sibling::dd[1]').innerText());
}

const seen = async (page) => ({
  sentence: await sentence(page),
  figures: await text(page.locator('section[aria-labelledby="summary-title"]')),
  key: await text(page.locator('.key')),
});

test('from “latham” to a link that shows a colleague the same numbers', async () => {
  const { page, context, faults } = await house.open('/');
  await page.locator('#search').fill('latham');
  await page.locator('#candidates li').first().waitFor();
  assert.match(await text(page.locator('#candidates li').first()), /latham house.*practice/i);
  await page.locator('#search').press('Enter');
  await address(page, 'view=practice');
  await address(page, 'practice=C82038');
  await page.locator('.sentence', { hasText: /of 36,105 patients/ }).waitFor();
  const core = await sentence(page);
  await idle(page);
  await photograph(page, 'practice');

  await page.getByRole('radio', { name: 'Market share' }).check();
  await address(page, 'definition=market-share');
  const share = await newSentence(page, core);
  await page.locator('#share').fill('50');
  await page.locator('#share').press('Enter');
  await address(page, 'share=0.5');
  const half = await newSentence(page, share);
  assert.ok(numberOf(half) < numberOf(share), `${half} asks for more than ${share}`);

  await page.getByRole('radio', { name: 'Drawn shape' }).check();
  await page.getByRole('button', { name: 'Draw it on the map' }).click();
  await page.getByText('Click the first corner').waitFor();
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  const at = (x, y) => page.mouse.click(box.x + box.width * x, box.y + box.height * y);
  for (const [x, y] of [
    [0.3, 0.3],
    [0.62, 0.3],
    [0.62, 0.6],
    [0.3, 0.6],
  ])
    await at(x, y);
  await page.getByRole('button', { name: 'Finish' }).click();
  await address(page, 'polygon=POLYGON');
  const drawn = await newSentence(page, half);
  assert.ok((await figure(page, 'Residents')) > 0, drawn);
  await idle(page);
  await photograph(page, 'practice-polygon');
  const first = await seen(page);

  const link = await page.evaluate(() => location.pathname + location.search);
  const colleague = await house.open(link);
  await colleague.page.locator('.sentence').first().waitFor();
  assert.deepEqual(await seen(colleague.page), first);
  assert.equal(await colleague.page.evaluate(() => location.pathname + location.search), link);
  await colleague.context.close();

  await page.goBack();
  await address(page, 'polygon=', false);
  await page.goBack();
  await address(page, 'share=0.5');
  await page.waitForFunction(
    (words) => document.querySelector('.sentence')?.innerText.replace(/\s+/g, ' ').trim() === words,
    half,
  );
  assert.deepEqual([...faults, ...colleague.faults], []);
  await context.close();
});

test('the figures add up: patients here and elsewhere are the list, and the table adds up to the figures', async () => {
  const { page, context, faults } = await house.open(`${LATHAM}&read=table`);
  const table = page.locator('section.table');
  await table.locator('tbody tr').nth(3).waitFor();
  const here = await figure(page, 'Its patients who live here');
  const away = await figure(page, 'Its patients who live elsewhere');
  assert.equal(here + away, 36105);
  const cells = await table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td.number')].map((cell) => cell.textContent.trim())),
    );
  assert.equal(cells.length, await figure(page, 'Neighbourhoods'));
  const sum = (column) => cells.reduce((all, row) => all + numberOf(row[column]), 0);
  assert.equal(sum(0), here);
  assert.equal(sum(3), await figure(page, 'Registered with any practice'));
  assert.equal(sum(4), await figure(page, 'Residents'));
  const patients = cells.map((row) => numberOf(row[0]));
  assert.deepEqual(
    patients,
    [...patients].sort((a, b) => b - a),
  );
  await table.getByRole('button', { name: 'Share of people registered here' }).click();
  await address(page, 'sort=-share-of-area');
  await table.locator('tbody button').first().click();
  await address(page, 'area=E01');
  const row = await text(table.locator('tr[aria-current] th'));
  assert.ok(row.startsWith(await text(page.locator('#area-card-title'))), row);
  await photograph(page, 'practice-table');
  assert.deepEqual(faults, []);
  await context.close();
});

test('the definitions stand side by side, and a row makes the page show its numbers', async () => {
  const { page, context, faults } = await house.open(LATHAM);
  const rows = page.locator('section[aria-labelledby="side-title"] tbody tr');
  await rows.nth(4).waitFor();
  const count = await rows.count();
  for (let index = 0; index < count; index += 1) {
    const row = rows.nth(index);
    const [areas, patients] = await row.locator('td.number').allInnerTexts();
    const words = await row.getByRole('button').innerText();
    await row.getByRole('button').click();
    await page.waitForFunction((name) => {
      const chosen = document.querySelector('section[aria-labelledby="side-title"] tr[aria-current] button');
      return chosen?.innerText === name && document.querySelector('.answer.dimmed') === null;
    }, words);
    assert.equal(await figure(page, 'Neighbourhoods'), numberOf(areas));
    assert.equal(await figure(page, 'Its patients who live here'), numberOf(patients));
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('small counts are words, never numbers', async () => {
  const { page, context } = await house.open(
    '/?view=practice&practice=C82038&definition=areas&areas=E06000017&read=table',
  );
  const table = page.locator('section.table');
  await table.locator('tbody tr').nth(20).waitFor();
  const cells = await table
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('td.number').textContent.trim()));
  assert.ok(cells.includes('few, not shown'), cells.slice(0, 40).join(' | '));
  assert.ok(cells.every((cell) => !/^[0-4]$/.test(cell)));
  assert.match(await text(page.locator('.key')), /Few patients: number not shown/);
  assert.match(
    await text(page.locator('section[aria-labelledby="summary-title"]')),
    /nobody should be recognised/,
  );
  await context.close();
});

test('several practices and a network are looked at as one, and one can be left out', async () => {
  const { page, context, faults } = await house.open(LATHAM);
  await page.getByRole('button', { name: 'Look at several practices' }).click();
  await page.locator('#add-practice').fill('long clawson');
  await page.locator('#add-practice-candidates li').first().waitFor();
  await page.locator('#add-practice').press('Enter');
  await address(page, 'practice=C82038,C82016');
  await page.getByRole('heading', { name: '2 practices' }).waitFor();
  await page.locator('.sentence', { hasText: '43,267' }).waitFor();
  await page.getByRole('button', { name: /Leave out long clawson/i }).click();
  await address(page, 'C82016', false);
  await page.locator('.sentence', { hasText: '36,105' }).waitFor();
  await page.getByRole('link', { name: /pcn/i }).click();
  await address(page, 'practice=U25294');
  await page.getByText('5 practices, looked at as one').waitFor();
  await page.locator('.sentence', { hasText: '71,999' }).waitFor();
  await idle(page);
  await photograph(page, 'network');
  assert.deepEqual(faults, []);
  await context.close();
});

test('two catchments are compared figure by figure, by a link alone', async () => {
  const { page, context, faults } = await house.open(
    `${LATHAM}&against-definition=reach&against-patients=50`,
  );
  const rows = page.locator('section[aria-labelledby="against-title"] tbody tr');
  await rows.first().waitFor();
  const residents = await rows.filter({ hasText: 'Residents' }).locator('td').allInnerTexts();
  const [first, second, difference] = residents.map((each) => numberOf(each));
  assert.equal(second - first, difference, residents.join(' | '));
  assert.match(residents[2], /^\+/);
  await page.getByRole('button', { name: 'Stop comparing' }).click();
  await address(page, 'against', false);
  assert.deepEqual(faults, []);
  await context.close();
});

test('shading and lines are in the link, and key and map follow', async () => {
  const { page, context, faults } = await house.open(LATHAM);
  await page.getByRole('radio', { name: 'Share of the neighbourhood' }).check();
  await address(page, 'shade=share-of-area');
  await page.locator('.key h2', { hasText: 'Share of the neighbourhood' }).waitFor();
  await page.getByRole('checkbox', { name: /Lines from each neighbourhood/ }).check();
  await address(page, 'flows=yes');
  await page.locator('.key', { hasText: 'Widest line' }).waitFor();
  await idle(page);
  await photograph(page, 'flows');
  await page.goBack();
  await address(page, 'flows', false);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a number that cannot be used is refused at its own field, and the old figures stay', async () => {
  const { page, context } = await house.open(LATHAM, { refusals: true });
  const before = await sentence(page);
  await page.locator('#share').fill('700');
  await page.locator('#share').press('Enter');
  assert.match(await text(page.locator('#share-fault')), /type a number from 1 to 100%/);
  assert.equal(await page.evaluate(() => location.search.includes('share')), false);
  assert.equal(await sentence(page), before);
  await context.close();

  const link = await house.open(`${LATHAM}&share=7`, { refusals: true });
  await link.page.locator('#share-fault').waitFor();
  assert.match(await text(link.page.locator('#share-fault')), /from 0\.001 to 1/);
  await link.page.getByRole('button', { name: 'Use the usual value' }).click();
  await address(link.page, 'share', false);
  await link.page.locator('.sentence', { hasText: '36,105' }).waitFor();
  await link.context.close();
});

test('a practice that is not held is named, with the way on', async () => {
  const { page, context } = await house.open('/?view=practice&practice=X99999', { refusals: true });
  await page.getByText('No practice or network “X99999” is held here.').waitFor();
  await page.getByRole('button', { name: 'Let go of X99999' }).click();
  await address(page, 'practice=X', false);
  await page.locator('#practice').waitFor();
  await context.close();
});

test('the downloads hold the areas of the answer', async () => {
  const { page, context } = await house.open(LATHAM);
  const areas = await figure(page, 'Neighbourhoods');
  const csv = await page.getByRole('link', { name: 'CSV', exact: true }).getAttribute('href');
  const geojson = await page.getByRole('link', { name: 'GeoJSON' }).getAttribute('href');
  const table = await (await context.request.get(house.url + csv)).text();
  assert.equal(table.split(/\r?\n/).filter((line) => /^E01\d{6}/.test(line)).length, areas);
  const { features } = await (await context.request.get(house.url + geojson)).json();
  assert.equal(features.filter((each) => /^E01/.test(each.properties.code ?? each.id)).length, areas);
  await context.close();
});

test('the whole way works with the keyboard alone, a circle included', async () => {
  const { page, context, faults } = await house.open('/');
  await tabTo(page, /\bsearch$/);
  await page.keyboard.type('latham');
  await page.locator('#candidates li').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await address(page, 'practice=C82038');
  await page.locator('.sentence', { hasText: '36,105' }).waitFor();
  let before = await sentence(page);
  await tabTo(page, /Core of the list/);
  await page.keyboard.press('ArrowDown');
  await address(page, 'definition=reach');
  before = await newSentence(page, before);
  await tabTo(page, /Least number of patients, slider/);
  await page.keyboard.press('ArrowRight');
  await address(page, 'patients=15');
  before = await newSentence(page, before);
  await page.locator('input[name="definition"]:checked').focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  await address(page, 'definition=radius');
  before = await newSentence(page, before);
  await tabTo(page, /\bcentre$/);
  await page.keyboard.type('52.765, -0.95');
  await page.keyboard.press('Enter');
  await address(page, 'lon=-0.95');
  await newSentence(page, before);
  await tabTo(page, /^Read as table/);
  await page.keyboard.press('Enter');
  await address(page, 'read=table');
  await page.locator('section.table tbody tr').first().waitFor();
  await tabTo(page, /^Code/);
  await tabTo(page, /Melton \d{3}[A-Z]/);
  await page.keyboard.press('Enter');
  await address(page, 'area=E01');
  assert.deepEqual(faults, []);
  await context.close();
});

const VIEWS = [
  ['the question without a practice', '/?view=practice'],
  ['a practice with its table', `${LATHAM}&read=table&area=E01025896&flows=yes`],
  ['two catchments and a circle', `${LATHAM}&definition=radius&metres=4000&against-definition=core`],
  [
    'a drawn shape',
    '/?view=practice&polygon=POLYGON((-0.95+52.74,-0.82+52.74,-0.82+52.8,-0.95+52.8,-0.95+52.74))',
  ],
  ['a network', '/?view=practice&practice=U25294&definition=market-share&shade=share-of-area'],
];

for (const [name, path] of VIEWS) {
  for (const [device, viewport] of [
    ['a desk', { width: 1280, height: 800 }],
    ['a phone', PHONE],
  ]) {
    test(`axe finds nothing in ${name} on ${device}`, async () => {
      const { page, context, faults } = await house.open(path, { viewport, axe: true });
      if (path.includes('practice=')) await page.locator('#method-title').waitFor();
      await page.locator('#answer details').evaluateAll((all) => {
        for (const each of all) each.open = true;
      });
      const violations = await page.evaluate(async () => {
        const found = await window.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return found.violations.map(
          (each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
        );
      });
      assert.deepEqual(violations, []);
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
        'nothing is wider than the screen',
      );
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}

test('nothing is lost at 320 pixels or at 200 % zoom', async () => {
  for (const [name, viewport] of [
    ['practice-320', { width: 320, height: 568 }],
    ['practice-zoom-200', { width: 640, height: 400 }],
  ]) {
    const { page, context, faults } = await house.open(LATHAM, { viewport });
    await page.locator('#method-title').waitFor();
    const wide = await page.evaluate(() =>
      [...document.querySelectorAll('.panel .inside *')]
        .filter(
          (each) =>
            !each.closest('.sideways, .hidden, svg') && each.getBoundingClientRect().right > innerWidth + 1,
        )
        .map((each) => each.outerHTML.slice(0, 100)),
    );
    assert.deepEqual(wide, []);
    await photograph(page, name);
    assert.deepEqual(faults, []);
    await context.close();
  }
});
