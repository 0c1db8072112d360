// How the page is built and served while it is being worked on.
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { licences } from './licences';
import { maplibreFromSource } from './maplibre';

// The server under test answers the interface; the address can be changed for a server elsewhere.
const server = process.env.NEEDSMAP_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [svelte(), maplibreFromSource(), licences()],
  build: {
    target: 'es2022',
    // Inlined assets would become `data:` addresses, which the content security policy refuses in fonts and workers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // MapLibre is a megabyte before compression; its chunks load while the panel already shows.
    chunkSizeWarningLimit: 700,
  },
  server: { proxy: { '/api': server } },
});
