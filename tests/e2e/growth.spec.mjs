// What housing growth means for a practice: homes, people and list growth, with every assumption in the link.
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

const LATHAM = '/?view=growth&practice=C82038';
const text = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim();
const numberOf = (words) => Number(/[\d,]+(\.\d+)?/.exec(words)[0].replaceAll(',', ''));
const settled = (page) =>
  page.waitForFunction(() => document.querySelector('.answer') && !document.querySelector('.answer.dimmed'));

async function total(page, words) {
  const term = page.locator('section[aria-labelledby="totals-title"] dt', { hasText: words });
  return numberOf(await term.locator('xpath=following-sibling::dd[1]').innerText());
}

async function changed(page, words, from) {
  await page.waitForFunction(
    ([term, number]) => {
      const dt = [...document.querySelectorAll('section[aria-labelledby="totals-title"] dt')].find(
        (each) => each.textContent.trim() === term,
      );
      const now = Number(
        /[\d,]+(\.\d+)?/.exec(dt?.nextElementSibling?.innerText ?? '')?.[0].replaceAll(',', ''),
      );
      return Number.isFinite(now) && now !== number;
    },
    [words, from],
  );
  return total(page, words);
}

test('homes, people and list growth are read, changed and sent on, and the link shows the same', async () => {
  const { page, context, faults } = await house.open('/?view=practice&practice=C82038');
  await page.getByRole('link', { name: 'What will housing growth mean?' }).click();
  await address(page, 'view=growth');
  await page.locator('#totals-title').waitFor();
  const homes = await total(page, 'Homes');
  const people = await total(page, 'People');
  assert.equal(people, Math.round(homes * 2.4));
  const growth = await total(page, 'List growth');
  assert.ok(growth > 1 && growth < 100, `${growth} per cent`);
  await idle(page);
  await photograph(page, 'growth');

  await page.locator('#household-size').fill('2');
  await page.locator('#household-size').press('Enter');
  await address(page, 'household-size=2');
  assert.equal(await changed(page, 'People', people), homes * 2);
  await page.getByText('Given in this link.').waitFor();

  const seen = async (at) => ({
    sentence: await text(at.locator('.sentence')),
    totals: await text(at.locator('section[aria-labelledby="totals-title"]')),
    joining: await text(at.locator('section[aria-labelledby="joining-title"]')),
    key: await text(at.locator('.key')),
  });
  const first = await seen(page);
  const link = await page.evaluate(() => location.pathname + location.search);
  const colleague = await house.open(link);
  await colleague.page.locator('#totals-title').waitFor();
  assert.deepEqual(await seen(colleague.page), first);
  await colleague.context.close();

  await page.goBack();
  await address(page, 'household-size', false);
  await changed(page, 'People', homes * 2);
  assert.equal(await total(page, 'People'), people);
  assert.deepEqual([...faults, ...colleague.faults], []);
  await context.close();
});

test('the table of sites adds up to the homes, and says which are approximate, not located or left out', async () => {
  const { page, context, faults } = await house.open(`${LATHAM}&read=table`);
  const table = page.locator('section.table');
  await table.locator('tbody tr').nth(5).waitFor();
  const rows = await table
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.innerText.trim())));
  const heads = (await table.locator('thead th').allInnerTexts()).map((each) =>
    each.replace(/\s+/g, ' ').trim(),
  );
  const column = (words) => heads.findIndex((each) => each.startsWith(words));
  const counted = rows.filter((row) => /^[\d,]+$/.test(row[column('Homes added up')]));
  const sum = counted.reduce((all, row) => all + numberOf(row[column('Homes added up')]), 0);
  assert.equal(sum, await total(page, 'Homes'));
  const places = rows.map((row) => row[column('Place')]);
  assert.ok(places.includes('Approximate') && places.includes('Not located'), places.join(' '));
  for (const row of rows.filter((each) => each[column('Place')] === 'Not located'))
    assert.match(row[column('Homes added up')], /^no: /);
  await table.getByRole('button', { name: 'Homes', exact: true }).click();
  await address(page, 'sort=-dwellings');
  await table.locator('tbody button').first().click();
  await address(page, 'site=');
  await page.locator('section[aria-labelledby="sites-title"] .chosen').waitFor();
  await photograph(page, 'growth-table');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a status is left out and taken in again; what is not added up says so', async () => {
  const { page, context, faults } = await house.open(LATHAM);
  await page.locator('#totals-title').waitFor();
  const homes = await total(page, 'Homes');
  const status = page.locator('section[aria-labelledby="status-title"]');
  await status.getByText('not added up').first().waitFor();
  await status
    .getByRole('checkbox', { name: /permission$/i })
    .first()
    .uncheck();
  await address(page, 'status=');
  const fewer = await changed(page, 'Homes', homes);
  assert.ok(fewer < homes, `${fewer} < ${homes}`);
  await status.getByRole('button', { name: 'Add up the usual statuses' }).click();
  await address(page, 'status=', false);
  assert.equal(await changed(page, 'Homes', fewer), homes);
  assert.deepEqual(faults, []);
  await context.close();
});

test('space and cost are not set until they are given, and are then worked out', async () => {
  const { page, context, faults } = await house.open(LATHAM);
  const need = page.locator('section[aria-labelledby="need-title"]');
  await need.getByText('Not set: needs floor area per patient', { exact: false }).first().waitFor();
  await need.locator('summary').first().click();
  await page.locator('#square-metres-per-patient').fill('0.0685714');
  await page.locator('#square-metres-per-patient').press('Enter');
  await address(page, 'square-metres-per-patient=0.0685714');
  await page.locator('#cost-per-square-metre').fill('£2,300');
  await page.locator('#cost-per-square-metre').press('Enter');
  await address(page, 'cost-per-square-metre=2300');
  await need.locator('dd', { hasText: '£' }).waitFor();
  const people = numberOf(/For ([\d,]+) people/.exec(await text(need))[1]);
  const [area, cost] = (await need.locator('dd').allInnerTexts()).map(numberOf);
  assert.ok(Math.abs(area - people * 0.0685714) < 0.2, `${area} m² for ${people} people`);
  assert.ok(Math.abs(cost - area * 2300) < 300, `£${cost} for ${area} m²`);
  assert.match(await text(need), /Not set: needs attendances/);
  await photograph(page, 'growth-space');
  assert.deepEqual(faults, []);
  await context.close();
});

test('shares that are given decide who joins which practice', async () => {
  const { page, context, faults } = await house.open(`${LATHAM}&joins=given&joining=C82038:0.6,C82016:0.4`);
  const rows = page.locator('section[aria-labelledby="joining-title"] tbody tr');
  await rows.nth(1).waitFor();
  const people = await total(page, 'People');
  const joined = (await rows.locator('td:nth-child(2)').allInnerTexts()).map(numberOf);
  assert.ok(
    Math.abs(joined[0] - people * 0.6) <= 1 && Math.abs(joined[1] - people * 0.4) <= 1,
    joined.join(' '),
  );
  await page.locator('#joining').fill('C82038:0.6');
  await page.getByRole('button', { name: 'Use these shares' }).click();
  await page.locator('section[aria-labelledby="joining-title"] .fault').waitFor();
  await context.close();
  assert.deepEqual(
    faults.filter((each) => !/Failed to load resource/.test(each)),
    [],
  );
});

test('the plan’s requirement stands beside the sites, with what no site explains', async () => {
  const { page, context } = await house.open(LATHAM);
  const plans = page.locator('section[aria-labelledby="plans-title"]');
  await plans.waitFor();
  const words = await text(plans);
  assert.match(words, /6,125/);
  assert.match(words, /Not explained by located sites/);
  assert.match(
    await text(page.locator('section[aria-labelledby="totals-title"]')),
    /Not located in Melton: \d+ sites, [\d,]+ homes/,
  );
  await context.close();
});

test('an assumption that cannot be used is refused in words, with the way back', async () => {
  const { page, context } = await house.open(`${LATHAM}&household-size=99`, { refusals: true });
  await page.getByText('from 0.1 to 20').first().waitFor();
  await page.getByRole('button', { name: 'Use the usual value' }).click();
  await address(page, 'household-size', false);
  await page.locator('#totals-title').waitFor();
  await page.locator('#household-size').fill('many');
  await page.locator('#household-size').press('Enter');
  assert.match(await text(page.locator('#household-size-fault')), /“many” is not a number/);
  await context.close();
});

test('the keyboard reaches and changes an assumption', async () => {
  const { page, context, faults } = await house.open(LATHAM);
  await page.locator('#totals-title').waitFor();
  await settled(page);
  const people = await total(page, 'People');
  await page.locator('#search').focus();
  await tabTo(page, /household-size$/);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('2.1');
  await page.keyboard.press('Tab');
  await address(page, 'household-size=2.1');
  await changed(page, 'People', people);
  assert.deepEqual(faults, []);
  await context.close();
});

const VIEWS = [
  ['the question without a practice', '/?view=growth'],
  ['growth of a practice', LATHAM],
  ['growth with its sites as a table', `${LATHAM}&read=table&site=MEL-SSN&joins=given&joining=C82038:1`],
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
