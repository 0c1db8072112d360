//! Puts the licences of what the page is made of beside it, as those licences ask.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const { resolve } = createRequire(import.meta.url);

/** Its packages name the licence and the author, but do not bring the text. */
const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;

function terraDraw(): string {
  const of = (name: string) => {
    // The package does not export its own description; its code does stand in a folder beside it.
    const path = join(dirname(dirname(resolve(name))), 'package.json');
    return JSON.parse(readFileSync(path, 'utf8')) as { name: string; version: string; author?: string };
  };
  const [tool, adapter] = [of('terra-draw'), of('terra-draw-maplibre-gl-adapter')];
  return `${tool.name} ${tool.version} and ${adapter.name} ${adapter.version}: MIT License

Copyright (c) ${tool.author ?? 'the authors of terra-draw'}

${MIT}`;
}

export function licences(): Plugin {
  return {
    name: 'licences',
    apply: 'build',
    buildStart() {
      this.emitFile({ type: 'asset', fileName: 'licences/terra-draw.txt', source: terraDraw() });
    },
  };
}
