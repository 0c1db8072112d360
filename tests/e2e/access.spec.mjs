// What a reader without a mouse or without sight does: the whole journey by keyboard, and axe on every view.
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

const focused = (page) =>
  page.evaluate(() => document.activeElement?.textContent?.replace(/\s+/g, ' ').trim() ?? '');

test('the whole journey works with the keyboard alone', async () => {
  const { page, context, faults } = await house.open('/');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'Skip to the answer');

  // Search: type, walk the list, take the first.
  await tabTo(page, /\bsearch$/);
  await page.keyboard.type('Melton');
  await page.locator('#candidates li').first().waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('#candidates li[aria-selected="true"]').count(), 1);
  await page.keyboard.press('Escape');
  await page.locator('#search').fill('E01025965');
  await page.locator('#candidates li').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await address(page, 'area=E01025965');
  await page.locator('.card').getByText('Part of').waitFor();

  // Another measure by its list.
  await tabTo(page, /\bmeasure$/);
  await page.keyboard.press('Enter');
  await page.locator('#measure-filter').waitFor();
  await page.keyboard.type('crime');
  await tabTo(page, /Crime/);
  await page.keyboard.press('Enter');
  await address(page, 'measure=crime-2019.score');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'measure');

  // The map: arrows move it, plus zooms it.
  await tabTo(page, /^Map\. Arrow keys/);
  await idle(page);
  const before = await page.evaluate(() => location.search);
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((search) => location.search !== search, before);
  await page.keyboard.press('+');
  await idle(page);

  // The table: open it, sort it, take an area from it.
  await page.locator('#search').focus();
  await tabTo(page, /^Read as table/);
  await page.keyboard.press('Enter');
  await address(page, 'read=table');
  await tabTo(page, /^People/);
  await page.keyboard.press('Enter');
  await address(page, 'sort=population');
  await tabTo(
    page,
    /(Leicester|Melton|Blaby|Charnwood|Harborough|Hinckley|Rutland|Oadby|North West)[^,]* \d{3}[A-Z]/,
  );
  const name = await focused(page);
  await page.keyboard.press('Enter');
  await address(page, 'area=E01025965', false);
  const card = await page.locator('.card h2').innerText();
  assert.ok(name.startsWith(card), `${name} is selected, the card says ${card}`);

  // How is this area doing?
  await page.locator('#search').focus();
  await tabTo(page, /^How is this area doing/);
  await page.keyboard.press('Enter');
  await address(page, 'view=area');
  assert.deepEqual(faults, []);
  await context.close();
});

test('changes are announced', async () => {
  const { page, context } = await house.open('/');
  const said = page.locator('[role="status"][aria-live="polite"].hidden');
  assert.match(await said.first().innerText(), /611 neighbourhoods/);
  await page.selectOption('#area-type', 'msoa11');
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[aria-live="polite"]')].some((each) => /125/.test(each.textContent)),
  );
  await context.close();
});

test('the question without an area says how to choose one', async () => {
  const { page, context } = await house.open('/?view=area');
  await page.getByText('Choose an area:').waitFor();
  await page.getByRole('link', { name: 'Choose from the table' }).click();
  await page.locator('section.table tbody button').first().click();
  await page.locator('article h4').first().waitFor();
  await context.close();
});

const VIEWS = [
  ['the first view', '/'],
  ['a selected area and the table', '/?area=E01025965&read=table'],
  ['an area’s card', '/?view=area&area=E01025965'],
  ['a measure with missing figures', '/?measure=life-expectancy.years&area-type=msoa11&within=E07000133'],
  ['a link that asks for what is not there', '/?measure=nothing.at.all&colour=red'],
];

for (const [name, path] of VIEWS) {
  for (const [device, viewport] of [
    ['a desk', { width: 1280, height: 800 }],
    ['a phone', PHONE],
  ]) {
    test(`axe finds nothing in ${name} on ${device}`, async () => {
      const { page, context } = await house.open(path, { viewport, axe: true });
      if (path.includes('area=E')) await page.getByText('Part of').first().waitFor();
      if (path === '/') {
        await page.locator('#measure').click();
        await page.locator('#within').click();
        await page.locator('summary', { hasText: 'Classes' }).click();
        await page.getByRole('checkbox').first().waitFor();
      }
      const violations = await page.evaluate(async () => {
        const found = await window.axe.run(document, {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return found.violations.map(
          (each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`,
        );
      });
      assert.deepEqual(violations, []);
      await context.close();
    });
  }
}

test('motion is left out for readers who ask for that, and focus is always seen', async () => {
  const { page, context } = await house.open('/');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineWidth);
  assert.notEqual(outline, '0px');
  await photograph(page, 'focus');
  await context.close();
});
