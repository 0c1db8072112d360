// A reader's own area: drawn with mouse and finger, typed, from a file; on the real server in a real browser.
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

const CIRCLE = '/?view=practice&practice=C82038&definition=radius';
const POLYGON = '/?view=practice&practice=C82038&definition=polygon';

const sentence = async (page) => (await page.locator('.sentence').first().innerText()).replace(/\s+/g, ' ');
const link = (page) => page.evaluate(() => decodeURIComponent(location.search).replaceAll('+', ' '));
const polygonOf = async (page) => /polygon=(POLYGON\(\([^)]*\)\))/.exec(await link(page))?.[1] ?? null;
const parameter = async (page, name) =>
  new URLSearchParams(await page.evaluate(() => location.search)).get(name);

/** Points of the map as parts of its width and height. */
async function placesOn(page) {
  const box = await page.locator('.canvas').boundingBox();
  return ([x, y]) => [box.x + x * box.width, box.y + y * box.height];
}

async function begin(page) {
  await page.getByRole('button', { name: 'Draw it on the map' }).click();
  await page.locator('.draw-bar p', { hasText: /first corner|middle of the circle/ }).waitFor();
}

test('a polygon drawn with the mouse comes into the link, and selects nothing on the way', async () => {
  const { page, context, faults } = await house.open(POLYGON);
  const at = await placesOn(page);
  await begin(page);
  for (const corner of [
    [0.2, 0.2],
    [0.5, 0.2],
    [0.5, 0.6],
  ]) {
    await page.mouse.move(...at(corner), { steps: 3 });
    await page.mouse.click(...at(corner));
    await page.waitForTimeout(600);
  }
  await page.locator('.draw-bar p', { hasText: '3 corners' }).waitFor();
  await page.keyboard.press('Backspace');
  await page.locator('.draw-bar p', { hasText: '2 corners' }).waitFor();
  await page.mouse.click(...at([0.5, 0.6]));
  await page.mouse.move(...at([0.2, 0.6]), { steps: 3 });
  await photograph(page, 'drawing-polygon');
  const zoom = await parameter(page, 'map');
  await page.mouse.dblclick(...at([0.2, 0.6]));
  await address(page, 'polygon=POLYGON((');
  await idle(page);
  assert.equal((await polygonOf(page)).split(',').length, 5, 'four corners, closed');
  assert.equal(await page.locator('.draw-bar').count(), 0);
  assert.equal(await parameter(page, 'area'), null);
  assert.equal(await parameter(page, 'map'), zoom, 'a double click draws and does not zoom');
  assert.match(await sentence(page), /neighbourhood/);
  await photograph(page, 'drawn-polygon');
  assert.deepEqual(faults, []);
  await context.close();
});

test('the drawing tool is loaded when somebody draws, and not before', async () => {
  const { page, context } = await house.open(POLYGON, { weigh: true });
  const loaded = () => page.loaded.some((request) => /\/assets\/tool-[^/]*\.js$/.test(request.url()));
  assert.equal(loaded(), false);
  await begin(page);
  assert.equal(loaded(), true);
  await context.close();
});

test('a circle drawn by dragging comes into the link with its middle and radius', async () => {
  const { page, context, faults } = await house.open(CIRCLE);
  const at = await placesOn(page);
  await begin(page);
  await page.mouse.move(...at([0.4, 0.4]));
  await page.mouse.down();
  await page.mouse.move(...at([0.5, 0.45]), { steps: 8 });
  await page.locator('.draw-bar p', { hasText: 'Radius' }).waitFor();
  await page.mouse.up();
  await address(page, 'metres=');
  await idle(page);
  assert.ok(Number(await parameter(page, 'metres')) >= 100);
  assert.match(await parameter(page, 'lon'), /^-?\d\.\d{1,5}$/);
  assert.deepEqual(faults, []);
  await context.close();
});

test('fingers draw a polygon by tapping, and finish with the button', async () => {
  const { page, context, faults } = await house.open(POLYGON, {
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
  });
  await begin(page);
  const at = await placesOn(page);
  for (const corner of [
    [0.3, 0.2],
    [0.8, 0.2],
    [0.6, 0.6],
  ]) {
    await page.touchscreen.tap(...at(corner));
    await page.waitForTimeout(600);
  }
  await page.locator('.draw-bar p', { hasText: '3 corners' }).waitFor();
  await photograph(page, 'drawing-phone');
  await page.getByRole('button', { name: 'Finish' }).tap();
  await address(page, 'polygon=POLYGON((');
  assert.equal((await polygonOf(page)).split(',').length, 4, 'three corners, closed');
  assert.deepEqual(faults, []);
  await context.close();
});

test('the corners of a drawn shape can be moved', async () => {
  const { page, context, faults } = await house.open(
    `${POLYGON}&polygon=POLYGON((-0.95 52.74,-0.85 52.74,-0.85 52.8,-0.95 52.8,-0.95 52.74))&map=-0.9,52.77,11`,
  );
  const before = await polygonOf(page);
  await page.getByRole('button', { name: 'Change it on the map' }).click();
  await page.locator('.draw-bar p', { hasText: 'Drag a corner' }).waitFor();
  const at = await placesOn(page);
  const { width, height } = await page.locator('.canvas').boundingBox();
  // At zoom 11 a tile of 512 pixels is 360 / 2048 degrees of longitude wide.
  const across = (0.05 / (360 / 2048)) * 512;
  const world = (lat) => Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
  const up = (world(52.8) - world(52.77)) * 512 * 2048;
  const corner = [0.5 - across / width, 0.5 - up / height];
  await page.mouse.move(...at(corner));
  await page.mouse.down();
  await page.mouse.move(...at([corner[0] - 0.05, corner[1] - 0.03]), { steps: 6 });
  await page.mouse.up();
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    (old) => !decodeURIComponent(location.search).replaceAll('+', ' ').includes(old),
    before,
  );
  const after = await polygonOf(page);
  assert.equal(after.split(',').length, 5);
  assert.ok(after.includes('-0.85 52.74') && !after.includes('-0.95 52.8,'), after);
  assert.deepEqual(faults, []);
  await context.close();
});

test('a keyboard types the corners, and a mistake is said in words', async () => {
  const { page, context, faults } = await house.open(POLYGON);
  await tabTo(page, /^corners|drawing-corners/i);
  await page.keyboard.type('-0.95 52.74, -0.85 52.74');
  await tabTo(page, /use this polygon/i, { most: 2 });
  await page.keyboard.press('Enter');
  await page.getByText('at least three corners').waitFor();
  assert.equal(await polygonOf(page), null);
  await tabTo(page, /^corners|drawing-corners/i, { most: 2, key: 'Shift+Tab' });
  await page.keyboard.press('End');
  await page.keyboard.type(', -0.85 52.8');
  await tabTo(page, /use this polygon/i, { most: 2 });
  await page.keyboard.press('Enter');
  await address(page, 'polygon=POLYGON((');
  assert.equal(await polygonOf(page), 'POLYGON((-0.95 52.74,-0.85 52.74,-0.85 52.8,-0.95 52.74))');
  assert.deepEqual(faults, []);
  await context.close();
});

test('a file gives its shape, and a wrong one says what is wrong', async () => {
  const { page, context, faults } = await house.open(POLYGON);
  await page.getByRole('radio', { name: 'File' }).check();
  const upload = (name, text) =>
    page.setInputFiles('#drawing-file', {
      name,
      mimeType: 'application/geo+json',
      buffer: Buffer.from(text),
    });
  await upload('notes.txt', 'no shape here');
  await page.getByText('not JSON').waitFor();
  await upload('point.geojson', '{"type":"Point","coordinates":[-0.9,52.7]}');
  await page.getByText('no polygon').waitFor();
  const square = (lon, lat, side) => [
    [lon, lat],
    [lon + side, lat],
    [lon + side, lat + side],
    [lon, lat + side],
    [lon, lat],
  ];
  const feature = {
    type: 'Feature',
    properties: {},
    geometry: { type: 'Polygon', coordinates: [square(-0.95, 52.7, 0.15), square(-0.9, 52.75, 0.03)] },
  };
  await upload('holed.geojson', JSON.stringify({ type: 'FeatureCollection', features: [feature] }));
  await address(page, 'polygon=POLYGON((');
  assert.match(await link(page), /POLYGON\(\(-0\.95 52\.7,[^()]*\),\(-0\.9 52\.75,[^()]*\)\)/);
  await idle(page);
  assert.deepEqual(faults, []);
  await context.close();
});

test('Escape gives a drawing up and changes nothing', async () => {
  const { page, context, faults } = await house.open(POLYGON);
  const before = await page.evaluate(() => location.search);
  const at = await placesOn(page);
  await begin(page);
  await page.mouse.click(...at([0.3, 0.3]));
  await page.locator('.draw-bar p', { hasText: '1 corner' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.draw-bar').waitFor({ state: 'detached' });
  assert.equal(await page.evaluate(() => location.search), before);
  await begin(page);
  await page.keyboard.press('Enter');
  await page.locator('.draw-bar p', { hasText: 'Nothing has been drawn' }).waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});
