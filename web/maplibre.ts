//! Builds MapLibre from the sources in its package, so that the page and the map's worker share one chunk.
//
// The package's ready-made files hold the common half twice, once for the page and once for the worker:
// 98 kB more over the wire (brotli), a fifth of what the first view may weigh.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const root = dirname(createRequire(import.meta.url).resolve('maplibre-gl/package.json'));
const WORKER = join(root, 'src/source/worker.ts');
const ADDRESS = 'virtual:map-worker-address';

export function maplibreFromSource(): Plugin {
  let building = false;
  let worker = '';
  return {
    name: 'maplibre-from-source',
    config: () => ({
      resolve: { alias: [{ find: /^maplibre-gl$/, replacement: join(root, 'src/index.ts') }] },
    }),
    configResolved(config) {
      building = config.command === 'build';
    },
    buildStart() {
      if (!building) return;
      worker = this.emitFile({ type: 'chunk', id: WORKER, name: 'map-worker' });
      // Its licence asks to travel with it.
      const source = readFileSync(join(root, 'LICENSE.txt'), 'utf8');
      this.emitFile({ type: 'asset', fileName: 'licences/maplibre-gl.txt', source });
    },
    resolveId: (id) => (id === ADDRESS ? `\0${ADDRESS}` : null),
    load(id) {
      if (id !== `\0${ADDRESS}`) return null;
      return building
        ? `export default import.meta.ROLLUP_FILE_URL_${worker};`
        : `export default ${JSON.stringify(`/@fs${WORKER}`)};`;
    },
  };
}
