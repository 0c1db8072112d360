// Starts a server several times: milliseconds from process start to the first answer, and resident memory once the shapes are made.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';

const RUNS = 7;
const [, , name, program, ...args] = process.argv;

/** Status of an address, or null while nobody listens. */
const status = (url) =>
  new Promise((resolve) => {
    get(url, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.statusCode));
    }).on('error', () => resolve(null));
  });

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function oneStart() {
  const started = performance.now();
  const server = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, NEEDSMAP_LOG: 'error' } });
  const address = await new Promise((resolve, reject) => {
    let text = '';
    server.stdout.on('data', (part) => {
      text += part;
      const found = /http:\/\/\S+/.exec(text);
      if (found) resolve(found[0]);
    });
    server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  while ((await status(`${address}/readyz`)) !== 200) await pause(1);
  const milliseconds = performance.now() - started;
  await pause(1500);
  const memory = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1] / 1024;
  const peak = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1] / 1024;
  server.removeAllListeners('exit');
  const ended = new Promise((resolve) => server.on('exit', resolve));
  server.kill('SIGTERM');
  await ended;
  return { milliseconds, memory, peak };
}

const runs = [];
for (let run = 0; run < RUNS; run += 1) runs.push(await oneStart());
const median = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
const spread = (key) => {
  const sorted = runs.map((run) => run[key]).sort((a, b) => a - b);
  return `${sorted[0].toFixed(0)} to ${sorted[RUNS - 1].toFixed(0)}`;
};
console.log(
  `${name}: ${median('milliseconds').toFixed(0)} ms (${spread('milliseconds')}), resident ${median('memory').toFixed(0)} MiB, at most ${median('peak').toFixed(0)} MiB`,
);
