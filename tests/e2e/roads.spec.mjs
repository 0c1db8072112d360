// How far is it, where the edition holds roads: journeys on foot and by car are worked out on them, and said to be.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, idle, photograph, start } from './harness.mjs';

let house;
before(async () => {
  house = await start({ roads: true });
});
after(async () => {
  await house?.stop();
});

const MELTON = '-0.888,52.765,Melton Mowbray';
const REACH = `/?view=travel&travel-ask=reach&travel-at=${MELTON}`;
const text = async (locator) => (await locator.innerText()).replace(/\s+/g, ' ').trim();
const numberOf = (words) => Number(/[\d,]+(\.\d+)?/.exec(words)[0].replaceAll(',', ''));
const settled = (page) =>
  page.waitForFunction(() => document.querySelector('.answer') && !document.querySelector('.answer.dimmed'));

/** People within each time, as the panel says them. */
const people = async (page) =>
  (
    await page
      .locator('section[aria-labelledby="within-title"] table')
      .last()
      .locator('td:nth-child(2)')
      .allInnerTexts()
  ).map(numberOf);

test('on foot and by car from one place: the car reaches more, and both say that roads were used', async () => {
  const { page, context, faults } = await house.open(`${REACH}&travel-mode=walk&travel-minutes=10,20,30`);
  await settled(page);
  await idle(page);
  assert.match(await text(page.locator('.key')), /Reached on foot .*Worked out on the road network/);
  assert.doesNotMatch(await text(page.locator('.key')), /[Ee]stimate/);
  const walked = await people(page);
  assert.ok(walked[0] <= walked[1] && walked[1] <= walked[2] && walked[2] > 0, walked.join(' '));
  await photograph(page, 'roads-walk');

  await page.getByRole('radio', { name: 'Car' }).check();
  await address(page, 'travel-mode', false);
  await page.locator('.key').getByText('Reached by car').waitFor();
  await page.locator('.sentence', { hasText: 'by car' }).waitFor();
  await settled(page);
  const driven = await people(page);
  driven.forEach((each, index) => {
    assert.ok(each >= walked[index], `${driven} by car, ${walked} on foot`);
  });
  assert.ok(driven[0] > walked[0], `${driven} by car, ${walked} on foot`);
  assert.match(await text(page.locator('#sources')), /Speeds/);
  assert.match(await text(page.locator('#sources')), /Made-up lanes/);
  await idle(page);
  await photograph(page, 'roads-car');
  assert.deepEqual(faults, []);
  await context.close();
});

test('time of day and direction can be chosen, and stand in the link', async () => {
  const { page, context, faults } = await house.open(REACH);
  await settled(page);
  await page.locator('#answer summary', { hasText: 'Change how it is worked out' }).click();
  await page.selectOption('#time', 'morning-peak');
  await address(page, 'travel-time=morning-peak');
  await page.selectOption('#direction', 'from');
  await address(page, 'travel-direction=from');
  await page.locator('#sources').getByText('from the site to people’s homes, morning peak').waitFor();
  await settled(page);
  await page.getByRole('radio', { name: 'Bicycle' }).check();
  await address(page, 'travel-mode=cycle');
  await page.locator('#time').waitFor({ state: 'detached' });
  assert.equal(await page.getByRole('radio', { name: 'Public transport' }).isDisabled(), true);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the nearest of two places on foot: what no road reaches is said to be unknown, not far', async () => {
  const { page, context, faults } = await house.open(
    `/?view=travel&travel-to=${MELTON};-0.86,52.75,Burton Road&travel-mode=walk&travel-colours=sites&read=table`,
  );
  await settled(page);
  const key = await text(page.locator('.key'));
  assert.match(key, /Nearest site, on foot/);
  assert.match(key, /No time known: [\d,]+ areas/);
  const bases = await page.locator('section.table tbody tr td:nth-child(5)').allInnerTexts();
  for (const basis of bases) assert.match(basis, /^(Road network|)$/);
  await idle(page);
  await photograph(page, 'roads-nearest');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a practice’s catchment by a walk is worked out on the roads', async () => {
  const { page, context, faults } = await house.open(
    '/?view=practice&practice=C82038&definition=travel-time&mode=walk&minutes=20',
  );
  await page.locator('.answer', { hasText: '20 minutes' }).waitFor();
  assert.doesNotMatch(await text(page.locator('.answer')), /estimate/i);
  await idle(page);
  await photograph(page, 'roads-catchment');
  assert.deepEqual(faults, []);
  await context.close();
});
