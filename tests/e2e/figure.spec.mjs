// A figure for a report: its picture follows the choices, its files come, its words can be copied, the focus goes back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PHONE, photograph, start, tabTo } from './harness.mjs';

let house;
before(async () => {
  house = await start();
});
after(async () => {
  await house?.stop();
});

const NARROW = { width: 320, height: 640 };
/** A laptop of 1280 by 800 at 200 % zoom. */
const ZOOMED = { width: 640, height: 400 };
const TYPES = {
  pdf: 'application/pdf',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  svg: 'image/svg+xml',
  png: 'image/png',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv',
  geojson: 'application/geo+json',
  fgb: 'application/vnd.flatgeobuf',
  gpkg: 'application/geopackage+sqlite3',
};
const VIEWS = [
  ['need', '/'],
  ['practice', '/?view=practice&practice=C82038'],
  ['growth', '/?view=growth&practice=C82038'],
  ['travel', '/?view=travel&travel-to=-0.888,52.765,Melton+Mowbray;-1.206,52.772,Loughborough'],
  ['reach', '/?view=travel&travel-ask=reach&travel-at=-0.888,52.765,Melton+Mowbray'],
  ['area', '/?view=area&area=E07000133'],
];

const dialogue = (page) => page.locator('dialog[open]');
const opener = (page) => page.locator('.panel button', { hasText: /^Figure for a report/ });

/** Opens the dialogue with the mouse and waits for the first picture. */
async function opened(page) {
  await opener(page).first().click();
  await dialogue(page).locator('img').waitFor();
  return dialogue(page);
}

/** Waits until the picture is that of a choice and stands undimmed; returns its measures. */
async function drawn(page, words, holds = true) {
  await page.waitForFunction(
    ([part, wanted]) => {
      const image = document.querySelector('dialog img');
      if (!image || image.classList.contains('dimmed') || image.naturalWidth === 0) return false;
      return decodeURIComponent(image.src.replaceAll('+', ' ')).includes(part) === wanted;
    },
    [words, holds],
  );
  return dialogue(page)
    .locator('img')
    .evaluate((image) => ({ src: image.src, wide: image.naturalWidth > image.naturalHeight, alt: image.alt }));
}

const axe = (page) =>
  page.evaluate(async () => {
    const { violations } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(' | ')}`);
  });

test('by keyboard alone: open, another size, another title, copy the caption, close', async () => {
  const { page, context, faults } = await house.open('/', {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  await page.locator('#search').focus();
  await tabTo(page, /^Figure for a report/);
  await page.keyboard.press('Enter');
  await dialogue(page).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Figure for a report');
  const first = await drawn(page, 'size=a4-landscape');
  assert.ok(first.wide, 'A4 landscape is wider than high');
  assert.ok(first.alt.length > 40, `the alternative says what is there: ${first.alt}`);
  await photograph(page, 'figure');

  await tabTo(page, /A4 landscape/);
  await page.keyboard.press('ArrowDown');
  const second = await drawn(page, 'size=a4-portrait');
  assert.ok(!second.wide, 'A4 portrait is higher than wide');

  const title = dialogue(page).getByLabel('Title', { exact: true });
  const proposed = await title.inputValue();
  assert.ok(proposed.length > 5, 'a title is proposed');
  await tabTo(page, /^\s*Title/);
  await page.keyboard.press('Control+A');
  await page.keyboard.type('Where need is greatest & why <2019>');
  await drawn(page, 'title=Where need is greatest & why <2019>');
  for (const link of await dialogue(page).locator('a[download]').all())
    assert.match(decodeURIComponent((await link.getAttribute('href')).replaceAll('+', ' ')), /& why <2019>/);

  await tabTo(page, /^Use the proposed title/);
  await page.keyboard.press('Enter');
  await drawn(page, 'title=', false);
  assert.equal(await title.inputValue(), proposed);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'figure-title-field');

  await tabTo(page, /^Copy caption/i);
  await page.keyboard.press('Enter');
  await dialogue(page).getByText('The caption is copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const described = await page.evaluate(
    async (path) => (await fetch(path)).json(),
    '/api/sheets/map?size=a4-portrait&f=json',
  );
  assert.equal(copied, described.caption);
  for (const [name, member] of [
    ['alternative text', 'alternative'],
    ['citation', 'citation'],
  ]) {
    await dialogue(page)
      .getByRole('button', { name: `Copy ${name}` })
      .click();
    await dialogue(page).getByText(`The ${name} is copied.`).waitFor();
    // A server that does not know its own address cites the part of the link that it knows.
    const whole = described[member].replace(/ (\/\?\S+)$/, ` ${house.url}$1`);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), whole);
  }

  await page.keyboard.press('Escape');
  await dialogue(page).waitFor({ state: 'hidden' });
  assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ''), /^Figure for a report/);
  assert.equal(await page.evaluate(() => location.search), '', 'the figure’s own choices stay out of the link');
  assert.deepEqual(faults, []);
  await context.close();
});

test('every file that is offered comes, and is what it says', async () => {
  const { page, context, faults } = await house.open('/?view=practice&practice=C82038');
  await opened(page);
  await drawn(page, 'practice=C82038');
  await dialogue(page)
    .locator('details')
    .evaluateAll((all) => {
      for (const each of all) each.open = true;
    });
  const links = await dialogue(page)
    .locator('a[download]')
    .evaluateAll((all) => all.map((each) => ({ href: each.href, name: each.download })));
  const formats = new Set(links.map(({ href }) => new URL(href).searchParams.get('f')));
  assert.deepEqual([...formats].sort(), Object.keys(TYPES).sort());
  for (const { href, name } of links) {
    const format = new URL(href).searchParams.get('f');
    const answer = await page.request.get(href);
    assert.equal(answer.status(), 200, href);
    assert.ok(answer.headers()['content-type'].startsWith(TYPES[format]), `${href} says ${answer.headers()['content-type']}`);
    assert.ok((await answer.body()).length > 200, href);
    assert.match(name, new RegExp(`^[a-z0-9-]+\\.${format}$`));
  }
  assert.deepEqual(faults, []);
  await context.close();
});

test('what cannot be printed is said at its field, and the last picture stays', async () => {
  const { page, context, faults } = await house.open('/', { refusals: true });
  await opened(page);
  const { src } = await drawn(page, 'size=a4-landscape');
  const title = dialogue(page).getByLabel('Title', { exact: true });
  const fault = dialogue(page).locator('#figure-title-field-fault');

  await title.fill('Need 🙂 in the county');
  await fault.waitFor();
  assert.match(await fault.innerText(), /🙂|1F642/);
  assert.equal(await title.getAttribute('aria-invalid'), 'true');
  assert.equal(await dialogue(page).locator('img').getAttribute('src').then((each) => src.endsWith(each)), true);
  assert.equal(await dialogue(page).locator('a[download]').count(), 0, 'a file that cannot be made is not offered');

  await title.fill('x'.repeat(10_000));
  await dialogue(page).getByText('10000 characters are too many').waitFor();
  await title.fill('');
  await dialogue(page).getByText('The title is empty.').waitFor();
  await title.fill('Plain words');
  await drawn(page, 'title=Plain words');
  assert.equal(await fault.count(), 0);
  assert.ok((await dialogue(page).locator('a[download]').count()) > 4);

  // Choices are kept for the next figure; so is a title, while the view is the same.
  await dialogue(page).getByRole('radio', { name: 'Slide' }).check();
  await drawn(page, 'size=slide');
  await dialogue(page).getByRole('button', { name: 'Close' }).click();
  await opened(page);
  await drawn(page, 'size=slide');
  assert.equal(await title.inputValue(), 'Plain words');
  assert.deepEqual(faults, []);
  await context.close();
});

test('parts are left out, symbols added, and the part on the screen is printed', async () => {
  const { page, context, faults } = await house.open('/?map=-0.888,52.765,11');
  await opened(page);
  const whole = await drawn(page, 'size=a4-landscape');
  await dialogue(page).getByRole('checkbox', { name: 'Place names' }).uncheck();
  await drawn(page, 'hide=labels');
  await dialogue(page).getByRole('checkbox', { name: 'Symbols' }).uncheck();
  await drawn(page, 'hide=labels,points');
  await dialogue(page).getByRole('checkbox', { name: 'Community hospitals' }).check();
  await drawn(page, 'points=hospitals:community');
  assert.ok(await dialogue(page).getByRole('checkbox', { name: 'Symbols' }).isChecked());
  await dialogue(page).getByRole('radio', { name: 'What the screen shows' }).check();
  const part = await drawn(page, 'frame=view');
  assert.match(part.src, /map=-0\.888,52\.765,11&/);
  assert.notEqual(part.src, whole.src);
  assert.deepEqual(faults, []);
  await context.close();

  const unmoved = await house.open('/');
  await opened(unmoved.page);
  assert.ok(await dialogue(unmoved.page).getByRole('radio', { name: 'What the screen shows' }).isDisabled());
  await unmoved.context.close();
});

test('an area’s figure has a second page', async () => {
  const { page, context, faults } = await house.open('/?view=area&area=E07000133');
  await opened(page);
  await dialogue(page).getByText(/^Page 1 of [2-9]$/).waitFor();
  await dialogue(page).getByRole('button', { name: 'Next page' }).click();
  await drawn(page, 'page=2');
  await dialogue(page).getByText(/^Page 2 of [2-9]$/).waitFor();
  const svg = await dialogue(page).getByRole('link', { name: /^SVG/ }).getAttribute('href');
  assert.match(svg, /page=2/);
  assert.equal((await page.request.get(new URL(svg, house.url).href)).status(), 200);
  assert.deepEqual(faults, []);
  await context.close();
});

test('the key’s button opens it too, and Back closes it', async () => {
  const { page, context, faults } = await house.open('/');
  await page.selectOption('#area-type', 'msoa11');
  await page.waitForFunction(() => location.search.includes('msoa11'));
  await page.locator('.key').getByRole('button', { name: 'Figure for a report' }).click();
  await dialogue(page).locator('img').waitFor();
  await page.goBack();
  await dialogue(page).waitFor({ state: 'hidden' });
  assert.deepEqual(faults, []);
  await context.close();
});

const DEVICES = [
  ['a desk', { width: 1280, height: 800 }],
  ['the narrowest phone', NARROW],
  ['a phone', PHONE],
  ['a laptop at 200 %', ZOOMED],
];

for (const [name, path] of VIEWS) {
  // The dialogue is the same for all views: every device once, then what differs most.
  for (const [device, viewport] of DEVICES.slice(0, name === 'need' ? DEVICES.length : 2)) {
    test(`the figure of ${name} stands on ${device}, and axe finds nothing`, async () => {
      const { page, context, faults } = await house.open(path, { viewport, axe: true });
      await opened(page);
      await drawn(page, 'size=a4-landscape');
      assert.deepEqual(await axe(page), []);
      const sideways = await dialogue(page).evaluate((each) =>
        [each, ...each.querySelectorAll('*')]
          .filter((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 1)
          .filter((part) => /auto|scroll/.test(getComputedStyle(part).overflowX))
          .map((part) => part.className),
      );
      assert.deepEqual(sideways, [], 'nothing has to be moved sideways');
      const small = await dialogue(page).evaluate((each) =>
        [...each.querySelectorAll('button, a, select, summary, textarea, label:has(input)')]
          .filter((part) => part.checkVisibility() && !part.classList.contains('hidden'))
          .filter((part) => Math.min(part.offsetWidth, part.offsetHeight) < 24)
          .map((part) => part.textContent),
      );
      assert.deepEqual(small, [], 'every target is 24 pixels or more');
      await photograph(page, `figure-${name}-${device.replaceAll(/\W+/g, '-')}`);
      assert.deepEqual(faults, []);
      await context.close();
    });
  }
}
