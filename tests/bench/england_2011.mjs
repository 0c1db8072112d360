// Makes the boundaries of an England-size edition in 2011 geography for benchmarks, where no polygons of all 2011 LSOAs are at hand.
//
// Each of the 32,844 LSOAs becomes the cell of all places nearer to its published population-weighted centroid than to any other, within one
// rectangle: sea and Wales included. The shapes are made up, but they lie where the areas lie, tile, and dissolve into communities and districts
// as real ones do; what a benchmark measures does not depend on more.
//
// node tests/bench/england_2011.mjs FOLDER [INPUTS]
// needsmap import FOLDER/england_2011.toml --inputs INPUTS --out DATASET
//
// FOLDER gets the cells and the recipe; INPUTS holds the publishers' files, ../shared/official by default.
import { copyFileSync, createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const CENTROIDS = 'centroids/Lower_Layer_Super_Output_Areas_December_2011_Population_Weighted_Centroids.csv';
const AREAS = 32_844;
/** West, south, east and north of the rectangle round England, metres of the National Grid. */
const FRAME = [80_000, 4_000, 657_000, 658_000];
/** Neighbours are looked for in squares of this side, metres. */
const SQUARE = 5_000;

const here = dirname(fileURLToPath(import.meta.url));
const [, , folder, inputs = join(here, '../../../shared/official')] = process.argv;
if (!folder) {
  console.error('usage: node tests/bench/england_2011.mjs FOLDER [INPUTS]');
  process.exit(2);
}

/** Code, name, easting and northing of each LSOA of England. */
async function centroids() {
  const areas = [];
  let columns;
  for await (const line of createInterface({ input: createReadStream(join(inputs, CENTROIDS)) })) {
    const cells = line.replace(/^\uFEFF/, '').split(',');
    if (!columns) {
      const names = cells.map((name) => name.trim().toLowerCase());
      columns = ['x', 'y', 'lsoa11cd', 'lsoa11nm'].map((name) => names.indexOf(name));
      if (columns.includes(-1)) throw new Error(`expected columns X, Y, lsoa11cd and lsoa11nm, found ${line}`);
      continue;
    }
    const [x, y, code, name] = columns.map((at) => cells[at]);
    if (code?.startsWith('E01')) areas.push({ code, name, x: Number(x), y: Number(y) });
  }
  if (areas.length !== AREAS) throw new Error(`expected ${AREAS} LSOAs of England, found ${areas.length}`);
  return areas;
}

/** The places of other areas, square ring by square ring outwards, with a distance below which none is missing any more. */
function* ringsAround(area, squares) {
  const [column, row] = [Math.floor(area.x / SQUARE), Math.floor(area.y / SQUARE)];
  const farthest = Math.ceil(Math.max(FRAME[2] - FRAME[0], FRAME[3] - FRAME[1]) / SQUARE);
  for (let ring = 0; ring <= farthest; ring += 1) {
    const found = [];
    for (let dx = -ring; dx <= ring; dx += 1) {
      const step = Math.abs(dx) === ring ? 1 : 2 * ring;
      for (let dy = -ring; dy <= ring; dy += step) found.push(...(squares.get(`${column + dx} ${row + dy}`) ?? []));
    }
    yield { found, complete: ring * SQUARE };
  }
}

/** The line of places as near to one area as to another: a x + b y = c, nearer to the first where it is less. */
function bisector(one, other) {
  const [a, b] = [other.x - one.x, other.y - one.y];
  return { a, b, c: (a * (one.x + other.x) + b * (one.y + other.y)) / 2 };
}

const border = [
  { a: -1, b: 0, c: -FRAME[0] },
  { a: 0, b: -1, c: -FRAME[1] },
  { a: 1, b: 0, c: FRAME[2] },
  { a: 0, b: 1, c: FRAME[3] },
];

function crossing(one, other) {
  const determinant = one.a * other.b - other.a * one.b;
  return [(one.c * other.b - other.c * one.b) / determinant, (one.a * other.c - other.a * one.c) / determinant];
}

/** The cell of an area as its sides in order: places of other areas, or -1 to -4 for the border. */
function sides(at, areas, squares) {
  const area = areas[at];
  const side = (label) => (label < 0 ? border[-label - 1] : bisector(area, areas[label]));
  const [west, south, east, north] = FRAME;
  let ring = [
    { x: west, y: south, label: -2 },
    { x: east, y: south, label: -3 },
    { x: east, y: north, label: -4 },
    { x: west, y: north, label: -1 },
  ];
  for (const { found, complete } of ringsAround(area, squares)) {
    for (const other of found) {
      if (other === at) continue;
      const { a, b, c } = bisector(area, areas[other]);
      const beyond = ring.map(({ x, y }) => a * x + b * y > c);
      if (!beyond.includes(true)) continue;
      const kept = [];
      ring.forEach((corner, from) => {
        const next = (from + 1) % ring.length;
        if (!beyond[from]) kept.push(corner);
        if (beyond[from] === beyond[next]) return;
        const [x, y] = crossing(side(corner.label), { a, b, c });
        kept.push({ x, y, label: beyond[from] ? corner.label : other });
      });
      ring = kept;
    }
    const radius = Math.max(...ring.map(({ x, y }) => Math.hypot(x - area.x, y - area.y)));
    // Whoever lies twice as far away as the farthest corner can cut nothing off any more.
    if (complete >= 2 * radius) break;
  }
  return ring.map(({ label }) => label);
}

/** A corner where areas or borders meet: worked out in one order, so that every cell round it has the very same number. */
function corner(areas, ...labels) {
  const [first, ...others] = labels.sort((a, b) => b - a);
  const [one, other] = others.map((label) => (label < 0 ? border[-label - 1] : bisector(areas[first], areas[label])));
  return crossing(one, other).map((metres) => Math.round(metres * 1000) / 1000);
}

const areas = await centroids();
const squares = new Map();
areas.forEach(({ x, y }, at) => {
  const square = `${Math.floor(x / SQUARE)} ${Math.floor(y / SQUARE)}`;
  squares.set(square, [...(squares.get(square) ?? []), at]);
});
const features = areas.map(({ code, name }, at) => {
  const labels = sides(at, areas, squares);
  const ring = labels.map((label, from) => corner(areas, at, labels.at(from - 1), label));
  const distinct = ring.filter(([x, y], from) => x !== ring.at(from - 1)[0] || y !== ring.at(from - 1)[1]);
  distinct.push(distinct[0]);
  return JSON.stringify({ type: 'Feature', properties: { LSOA11CD: code, LSOA11NM: name }, geometry: { type: 'Polygon', coordinates: [distinct] } });
});
const crs = JSON.stringify({ type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::27700' } });
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'lsoa11_cells.geojson.gz'), gzipSync(`{"type":"FeatureCollection","crs":${crs},"features":[\n${features.join(',\n')}\n]}\n`));
copyFileSync(join(here, 'england_2011.toml'), join(folder, 'england_2011.toml'));
console.log(`${areas.length} cells in ${folder}`);
