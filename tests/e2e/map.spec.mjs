// What a planner does with the map, on the real server in a real browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, idle, PHONE, photograph, start } from './harness.mjs';

let house;
before(async () => {
  house = await start();
});
after(async () => {
  await house?.stop();
});

const text = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim();
const numberOf = (words) => Number(words.replaceAll(',', ''));

/** The rows of the key as it prints them; `held` says whether it is a class, not a reason for having no figure. */
async function keyRows(page) {
  return page.locator('.key tbody tr').evaluateAll((rows) =>
    rows.map((row) => {
      const [range, areas, people] = [...row.querySelectorAll('th, td.number')].map((cell) =>
        cell.textContent.trim(),
      );
      return { range, areas, people, held: row.querySelector('span.swatch') !== null };
    }),
  );
}

test('the page opens on the usual map without an error and without a request to another origin', async () => {
  const { page, context, faults } = await house.open('/');
  assert.match(
    await text(page.locator('.sentence')),
    /^\d[\d,]* of 611 neighbourhoods in .+ people of [\d,]+\.$/,
  );
  assert.equal(await page.evaluate(() => location.search), '');
  await photograph(page, 'first-view');
  assert.deepEqual(faults, []);
  await context.close();
});

test('the first view comes in under 500 kB, the map’s worker and its tiles included', async () => {
  const { page, context } = await house.open('/', { weigh: true });
  await page.waitForTimeout(1500);
  const sizes = await Promise.all(
    page.loaded.map(async (request) => {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      return { path: new URL(request.url()).pathname, bytes: responseBodySize + responseHeadersSize };
    }),
  );
  const total = sizes.reduce((sum, each) => sum + each.bytes, 0);
  assert.ok(
    sizes.some((each) => each.path.includes('/tiles/')),
    'tiles are weighed',
  );
  assert.ok(
    sizes.some((each) => each.path.includes('map-worker')),
    'the worker is weighed',
  );
  assert.ok(total < 500_000, `the first view took ${total} bytes: ${JSON.stringify(sizes)}`);
  await context.close();
});

test('the key adds up to the areas and people of the sentence and says which end is more deprived', async () => {
  const { page, context } = await house.open('/');
  const rows = await keyRows(page);
  const areas = rows.reduce((sum, row) => sum + numberOf(row.areas), 0);
  const people = rows.reduce((sum, row) => sum + numberOf(row.people), 0);
  const sentence = await text(page.locator('.sentence'));
  assert.equal(areas, 611);
  assert.equal(numberOf(/people of ([\d,]+)/.exec(sentence)[1]), people);
  assert.equal(rows[0].areas, /^([\d,]+) of/.exec(sentence)[1]);
  assert.match(await text(page.locator('.key')), /more deprived/i);
  assert.match(await text(page.locator('footer')), /Open Government Licence/);
  await context.close();
});

test('another measure is found by filtering, comes into the link, and Back undoes it', async () => {
  const { page, context, faults } = await house.open('/');
  const before = await text(page.locator('.sentence'));
  await page.locator('#measure').click();
  await page.locator('#measure-filter').fill('life');
  await page
    .locator('#measures')
    .getByRole('button', { name: /life expectancy/i })
    .click();
  await address(page, 'life-expectancy.years');
  await page.locator('.key h2', { hasText: 'Life expectancy' }).waitFor();
  assert.match(await text(page.locator('.key')), /years/i);
  await page.selectOption('#sex', { index: 1 });
  await address(page, 'sex=');
  await page.goBack();
  await address(page, 'sex=', false);
  await page.goBack();
  await page.waitForFunction(
    (words) => document.querySelector('.sentence')?.innerText.replace(/\s+/g, ' ').trim() === words,
    before,
  );
  assert.equal(await page.evaluate(() => location.search), '');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a click on the map opens the card with value, rank and parents; the selection survives another measure', async () => {
  const { page, context, faults } = await house.open('/');
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  const [x, y] = [Math.round(box.x + box.width * 0.36), Math.round(box.y + box.height * 0.42)];
  await page.mouse.move(x - 2, y);
  await page.mouse.move(x, y);
  await page.locator('.tip').waitFor();
  const hovered = await text(page.locator('.tip strong'));
  await page.mouse.click(x, y);
  await address(page, 'area=E01');
  const card = page.locator('.card');
  await card.getByText('Part of').waitFor();
  const words = await text(card);
  assert.ok(words.startsWith(hovered), `${words} is the card of ${hovered}`);
  assert.match(words, /1 = most deprived/);
  assert.match(words, /of 32,844/);
  await photograph(page, 'card');
  await page
    .selectOption('#field', { label: 'National decile' })
    .catch(() => page.selectOption('#field', { index: 1 }));
  await address(page, 'measure=imd-2019.');
  await address(page, 'area=E01');
  assert.equal(await text(card.locator('h2')), hovered);
  await card.getByRole('link', { name: /Everything about/ }).click();
  await address(page, 'view=area');
  await page.getByRole('heading', { level: 2, name: hovered }).waitFor();
  assert.ok((await page.locator('article h4').count()) > 10);
  await photograph(page, 'area');
  assert.deepEqual(faults, []);
  await context.close();
});

test('the table holds the same numbers, sorts by each column, and a row selects its area', async () => {
  const { page, context, faults } = await house.open('/');
  await page.getByRole('link', { name: 'Read as table' }).click();
  await address(page, 'read=table');
  const table = page.locator('section.table');
  const value = table.getByRole('columnheader', { name: /^score/i });
  assert.equal(await value.getAttribute('aria-sort'), 'descending');
  const column = () =>
    table
      .locator('tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => Number(row.querySelectorAll('td.number')[0].textContent.replaceAll(',', ''))),
      );
  const down = await column();
  assert.deepEqual(
    down,
    [...down].sort((a, b) => b - a),
  );
  await value.getByRole('button').click();
  await address(page, 'sort=value');
  assert.equal(await value.getAttribute('aria-sort'), 'ascending');
  const up = await column();
  assert.deepEqual(
    up,
    [...up].sort((a, b) => a - b),
  );
  assert.ok(up[0] < down[0]);
  await table.locator('tbody button').first().click();
  await address(page, 'area=E01');
  await address(page, 'map=');
  assert.equal(await table.locator('tr[aria-current]').count(), 1);
  await page.locator('.card').waitFor();
  await idle(page);
  await photograph(page, 'table');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a link opened elsewhere shows the same', async () => {
  const first = await house.open(
    '/?measure=income-2019.score&within=E07000133&area=E01025887&read=table&sort=name',
  );
  const seen = async (page) => ({
    sentence: await text(page.locator('.sentence')),
    key: await text(page.locator('.key')),
    card: await text(page.locator('.card')),
    rows: await page.locator('section.table tbody').innerText(),
  });
  await first.page.locator('.card').getByText('Part of').waitFor();
  await first.page.getByRole('button', { name: 'Zoom in' }).click();
  await address(first.page, 'map=');
  const link = await first.page.evaluate(() => location.pathname + location.search);
  const second = await house.open(link);
  await second.page.locator('.card').getByText('Part of').waitFor();
  assert.deepEqual(await seen(second.page), await seen(first.page));
  assert.equal(await second.page.evaluate(() => location.pathname + location.search), link);
  assert.deepEqual([...first.faults, ...second.faults], []);
  await first.context.close();
  await second.context.close();
});

test('a district filter counts only its areas, zooms to it, and adds up over two districts', async () => {
  const { page, context, faults } = await house.open('/');
  await page.locator('#within').click();
  await page.getByRole('checkbox', { name: 'Melton' }).check();
  await address(page, 'within=E07000133');
  await page.waitForFunction(() => /in Melton/.test(document.querySelector('.sentence')?.textContent ?? ''));
  const one = numberOf(/of ([\d,]+)/.exec(await text(page.locator('.sentence')))[1]);
  await idle(page);
  await photograph(page, 'district');
  await page.getByRole('checkbox', { name: 'Rutland' }).check();
  await address(page, 'within=E07000133,E06000017');
  await page.waitForFunction(() => /Rutland/.test(document.querySelector('.sentence')?.textContent ?? ''));
  const two = numberOf(/of ([\d,]+)/.exec(await text(page.locator('.sentence')))[1]);
  assert.ok(one > 10 && two > one && two < 611, `${one} and ${two} neighbourhoods`);
  assert.deepEqual(faults, []);
  await context.close();
});

test('typed breaks make the classes; a bad value is refused in words and nothing is lost', async () => {
  const { page, context, faults } = await house.open('/');
  await page.locator('summary', { hasText: 'Classes' }).click();
  await page.selectOption('#method', 'given-breaks');
  await page.locator('#breaks').fill('10, ten');
  await page.getByRole('button', { name: 'Apply' }).click();
  assert.match(await text(page.locator('#breaks-note')), /“ten” is not a number/);
  assert.equal(await page.evaluate(() => location.search), '');
  await page.locator('#breaks').fill('10, 20, 40');
  await page.getByRole('button', { name: 'Apply' }).click();
  await address(page, 'breaks=10,20,40');
  await page.waitForFunction(() => document.querySelectorAll('.key td.colour').length === 4);
  const rows = await keyRows(page);
  assert.equal(rows.filter((row) => row.held).length, 4);
  assert.deepEqual(faults, []);
  await context.close();
});

test('keeping the classes writes them into the link, where another district uses them', async () => {
  const { page, context } = await house.open('/?within=E07000133&method=quantiles&classes=3');
  const kept = await keyRows(page);
  await page.locator('summary', { hasText: 'Classes' }).click();
  await page.getByRole('button', { name: 'Keep these classes' }).click();
  await address(page, 'method=given-breaks');
  const breaks = await page.evaluate(() => new URLSearchParams(location.search).get('breaks'));
  assert.equal(breaks.split(',').length, kept.filter((row) => row.held).length - 1);
  await context.close();
});

test('what a link cannot be given is said in words and the rest is shown', async () => {
  const { page, context } = await house.open(
    '/?measure=imd-1066.score&within=E99999999&area=E01999999&colour=red&map=here',
    { refusals: true },
  );
  const notices = page.getByRole('alert');
  await notices.getByText('E99999999').waitFor();
  await notices.getByText('E01999999').waitFor();
  const words = await text(notices);
  for (const part of ['imd-1066', 'E99999999', 'E01999999', 'colour', 'whole area'])
    assert.ok(words.includes(part), part);
  assert.match(await text(page.locator('.sentence')), /of 611 neighbourhoods/);
  await photograph(page, 'bad-link');
  await context.close();
});

test('bad breaks in a link are reported with what the server expected', async () => {
  const { page, context } = await house.open('/?method=given-breaks&breaks=30,10', { refusals: true });
  const words = await text(page.getByRole('alert'));
  assert.match(words, /break/i);
  assert.equal((await keyRows(page)).filter((row) => row.held).length, 5);
  await context.close();
});

test('the downloads answer with the numbers of the map', async () => {
  const { page, context } = await house.open('/?within=E07000133');
  const csv = await page.getByRole('link', { name: 'CSV', exact: true }).getAttribute('href');
  const geojson = await page.getByRole('link', { name: 'GeoJSON' }).getAttribute('href');
  const areas = numberOf(/of ([\d,]+)/.exec(await text(page.locator('.sentence')))[1]);
  const table = await context.request.get(house.url + csv);
  assert.equal(table.status(), 200);
  assert.match(table.headers()['content-type'], /text\/csv/);
  const lines = (await table.text())
    .trim()
    .split(/\r?\n/)
    .filter((line) => /E01\d{6}/.test(line));
  assert.equal(lines.length, areas);
  const shapes = await context.request.get(house.url + geojson);
  assert.equal(shapes.status(), 200);
  const { type, features } = await shapes.json();
  assert.equal(type, 'FeatureCollection');
  assert.equal(features.length, areas);
  assert.ok(features.every((feature) => feature.geometry));
  await context.close();
});

test('suppressed and missing figures have their own words in the key and are never nought', async () => {
  const { page, context } = await house.open('/?measure=life-expectancy.years&area-type=msoa11&read=table');
  const rows = await keyRows(page);
  const areas = rows.reduce((sum, row) => sum + numberOf(row.areas), 0);
  assert.equal(areas, 125);
  assert.match(await text(page.locator('section.table thead')), /95% interval/);
  await photograph(page, 'life-expectancy');
  await context.close();
});

test('on a phone the map, the key and the sheet are all there, and nothing is wider than the screen', async () => {
  for (const [name, viewport] of [
    ['phone', PHONE],
    ['phone-320', { width: 320, height: 568 }],
    ['zoom-200', { width: 640, height: 360 }],
  ]) {
    const { page, context, faults } = await house.open('/', { viewport });
    for (const part of ['.maplibregl-canvas', '.key', '.panel', 'footer']) {
      const box = await page.locator(part).first().boundingBox();
      assert.ok(box && box.width > 100 && box.height > 20, `${part} is seen on ${name}`);
      assert.ok(box.x >= 0 && box.x + box.width <= viewport.width + 1, `${part} fits on ${name}`);
    }
    assert.ok(
      await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
      `${name} does not scroll sideways`,
    );
    await photograph(page, name);
    await page.locator('.key').getByRole('button', { name: /More/ }).click();
    await page.locator('.key th', { hasText: 'People' }).waitFor();
    await page.getByRole('button', { name: 'Fold the panel' }).first().click();
    await photograph(page, `${name}-folded`);
    assert.deepEqual(faults, []);
    await context.close();
  }
});

test('an organisation’s basemap lies beneath the figures, and the map does without it when it does not answer', async () => {
  const basemap = {
    version: 8,
    sources: {},
    layers: [{ id: 'their-ground', type: 'background', paint: { 'background-color': '#dff0d8' } }],
  };
  for (const answers of [true, false]) {
    const { page, context } = await house.open('/', {
      refusals: true,
      prepare: async (page) => {
        await page.route('**/api', async (route) => {
          const answer = await route.fetch();
          await route.fulfill({
            json: { ...(await answer.json()), basemap_style: `${house.url}/their-style.json` },
          });
        });
        await page.route('**/their-style.json', (route) =>
          answers ? route.fulfill({ json: basemap }) : route.fulfill({ status: 503, body: 'closed' }),
        );
      },
    });
    assert.equal(await page.getByText('is drawn without it').count(), answers ? 0 : 1);
    await photograph(page, answers ? 'basemap' : 'basemap-closed');
    await context.close();
  }
});
