// Gives the browser tests a server (from NEEDSMAP_URL, or the binary in NEEDSMAP_BIN) and Debian's Chromium.
import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
/** The page's own packages; the tests have none. */
const web = createRequire(join(here, '../../web/package.json'));
const { chromium } = web('playwright-core');
const AXE = web.resolve('axe-core/axe.min.js');
export const OUT = join(here, 'out');

const WIDE = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };
/** Software rendering is slow on a small machine; these are limits, not expectations. */
const PATIENCE_MS = 45_000;

/** The default edition with the made-up roads round Melton Mowbray, imported by the program itself. */
function withRoads(binary) {
  const folder = mkdtempSync(join(tmpdir(), 'needsmap-roads-'));
  const inputs = join(here, '../../data/inputs');
  for (const name of readdirSync(inputs))
    if (name !== 'sources.toml') symlinkSync(join(inputs, name), join(folder, name));
  symlinkSync(join(here, '../data/made-up-roads.osm.pbf'), join(folder, 'roads.osm.pbf'));
  const roads = `
[[source]]
id = "made-up-roads"
publisher = "Nobody"
title = "Made-up lanes round Melton Mowbray"
edition = "1"
licence = "CC0"
licence_url = "https://creativecommons.org/publicdomain/zero/1.0/"
attribution = "Made-up lanes, for tests only."

[[source.file]]
path = "roads.osm.pbf"
reads = "osm-roads"
within_km = 20
`;
  const recipe = join(folder, 'sources.toml');
  writeFileSync(recipe, readFileSync(join(inputs, 'sources.toml'), 'utf8') + roads);
  const dataset = join(folder, 'dataset');
  execFileSync(binary, ['import', recipe, '--out', dataset], { stdio: ['ignore', 'ignore', 'pipe'] });
  return { dataset, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

async function serverAddress(roads) {
  if (process.env.NEEDSMAP_URL && !roads)
    return { url: process.env.NEEDSMAP_URL.replace(/\/$/, ''), stop: async () => {} };
  const binary = process.env.NEEDSMAP_BIN;
  if (!binary)
    throw new Error(
      'Say where the server is: NEEDSMAP_URL=http://… or NEEDSMAP_BIN=path of the needsmap binary.',
    );
  const edition = roads ? withRoads(binary) : null;
  const choice = edition ? ['--dataset', edition.dataset] : [];
  const server = spawn(binary, ['serve', '--listen', '127.0.0.1:0', ...choice], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((found, failed) => {
    let printed = '';
    server.stdout.on('data', (bytes) => {
      printed += bytes;
      const address = /(http:\/\/127\.0\.0\.1:\d+)\s*\n/.exec(printed);
      if (address) found(address[1]);
    });
    server.on('error', failed);
    server.on('exit', (code) =>
      failed(new Error(`the server stopped with ${code} before it gave an address`)),
    );
  });
  const stop = () =>
    new Promise((stopped) => {
      server.removeAllListeners('exit');
      server.on('exit', () => {
        edition?.remove();
        stopped();
      });
      server.kill('SIGTERM');
    });
  return { url, stop };
}

function browserPath() {
  const found = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path && existsSync(path),
  );
  if (!found)
    throw new Error('No Chromium here. Install it (apt-get install chromium) or name it in CHROMIUM.');
  return found;
}

/** One server and one browser for a file of tests; `roads` adds a made-up road network to the default edition. */
export async function start({ roads = false } = {}) {
  mkdirSync(OUT, { recursive: true });
  const server = await serverAddress(roads);
  const browser = await chromium.launch({
    executablePath: browserPath(),
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-gl=angle',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  });
  return {
    url: server.url,
    /** A page of its own context: nothing is shared with the tests before, as in a colleague's browser. */
    async open(
      path = '/',
      { viewport = WIDE, axe = false, refusals = false, weigh = false, prepare, ...options } = {},
    ) {
      const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options });
      context.setDefaultTimeout(PATIENCE_MS);
      if (axe) await context.addInitScript({ path: AXE });
      const page = await context.newPage();
      const faults = [];
      page.on('console', (message) => {
        // The browser logs every refused request; a test of a bad link expects them.
        if (refusals && /Failed to load resource/.test(message.text())) return;
        if (message.type() === 'error') faults.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
      page.on('request', (request) => {
        const elsewhere = new URL(request.url());
        if (/^https?:$/.test(elsewhere.protocol) && elsewhere.origin !== server.url)
          faults.push(`request to another origin: ${request.url()}`);
      });
      if (weigh) {
        page.loaded = [];
        page.on('requestfinished', (request) => page.loaded.push(request));
      }
      if (prepare) await prepare(page);
      await page.goto(server.url + path);
      await idle(page);
      return { page, context, faults };
    },
    async stop() {
      await browser.close();
      await server.stop();
    },
  };
}

/** Waits until the map has drawn what it was asked for and the key is there. */
export async function idle(page) {
  const drawn = () => document.documentElement.dataset.map === 'idle';
  await page.waitForFunction(drawn);
  await page.locator('.key').waitFor();
  // The key and the line of sources take their room once the figures are there, and the map fits itself again.
  await page.waitForTimeout(400);
  await page.waitForFunction(drawn);
}

/** Waits until the address holds (or, with `false`, no longer holds) a text. */
export async function address(page, text, holds = true) {
  await page.waitForFunction(
    ([part, wanted]) => decodeURIComponent(location.search).includes(part) === wanted,
    [text, holds],
  );
}

export async function photograph(page, name) {
  await page.screenshot({ path: join(OUT, `${name}.png`) });
}

/** Presses Tab until the focus is where a reader wants it; fails when it is nowhere to be found. */
export async function tabTo(page, wanted, { most = 90, key = 'Tab' } = {}) {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press(key);
    const name = await page.evaluate(() => {
      const focus = document.activeElement;
      if (!focus) return '';
      const label = focus.labels?.[0]?.innerText ?? '';
      return [focus.getAttribute('aria-label') ?? '', focus.textContent ?? '', label, focus.id]
        .join(' ')
        .trim();
    });
    if (wanted.test(name)) return name;
  }
  throw new Error(`Tab never reached ${wanted}`);
}
