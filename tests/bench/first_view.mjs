// Opens the page in a fresh browser and counts what came over the wire until the map stood still.
import { createRequire } from 'node:module';

const { chromium } = createRequire(new URL('../../web/package.json', import.meta.url))('playwright-core');
const flags =
  '--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader --ignore-gpu-blocklist';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: flags.split(' ') });
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const wire = await page.context().newCDPSession(page);
await wire.send('Network.enable');
let bytes = 0;
let requests = 0;
wire.on('Network.loadingFinished', (event) => {
  bytes += event.encodedDataLength;
  requests += 1;
});
await page.goto(process.argv[2]);
await page.waitForLoadState('networkidle');
await page.waitForTimeout(2000);
console.log(`${(bytes / 1000).toFixed(0)} kB in ${requests} requests`);
await browser.close();
