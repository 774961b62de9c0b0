// The whole way once: import the attic, export every work as EPUB, serve, and look at the pages.
//
//   node site.mjs FANFOLD PILE [--shots DIR] [--books N] [--pages N]
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkBooks } from './books.mjs';
import { checkSite, lines } from './check.mjs';
import { checkNames } from './complete.mjs';
import { checkFeeds } from './feeds.mjs';

const SERVER_STARTS_WITHIN_MS = 20_000;
const DONE_BUT_A_PERSON_IS_NEEDED = 3;

const { values, positionals: [fanfold, pile] } = parseArgs({
  allowPositionals: true,
  options: { shots: { type: 'string' }, books: { type: 'string', default: '12' }, pages: { type: 'string', default: '28' } },
});
const folder = await mkdtemp(join(tmpdir(), 'fanfold-pages-'));
const library = join(folder, 'library');
try {
  run('import', pile);
  const faults = [...(await checkExports()), ...(await checkPages())];
  for (const fault of faults) console.log(`  ${fault}`);
  console.log(`  ${faults.length} faults`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} catch (error) {
  console.log(`  ${error.message}`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** Runs one command of the program on the temporary library; anything but "done" stops the checks. */
function run(...command) {
  const { status, stderr, error } = spawnSync(fanfold, ['--library', library, ...command], { encoding: 'utf8' });
  if (status !== 0 && status !== DONE_BUT_A_PERSON_IS_NEEDED) {
    throw new Error(`fanfold ${command.join(' ')} ended with ${status ?? error?.message}\n${stderr ?? ''}`);
  }
}

/** The number of a work for everyone, the longest, and of one that asks first. */
function ids() {
  const { stdout } = spawnSync(fanfold, ['--library', library, '--json', 'list'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const works = stdout.trim().split('\n').map((line) => JSON.parse(line));
  const open = works.filter((work) => work.rating === 'General Audiences').sort((a, b) => b.chapters.length - a.chapters.length);
  return { open: open[0].id, adult: works.find((work) => work.rating === 'Mature').id };
}

async function checkExports() {
  run('export', '--format', 'epub', '--out', join(folder, 'books'));
  const { books, failures } = await checkBooks(join(folder, 'books'), Number(values.books));
  console.log(`  ${books.length} books through EPUBCheck`);
  return books.length === 0 ? ['no book was exported'] : failures;
}

async function checkPages() {
  const port = await freePort();
  const server = spawn(fanfold, ['--library', library, 'serve', '--listen', `127.0.0.1:${port}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (chunk) => { said += chunk; });
  const base = `http://127.0.0.1:${port}`;
  try {
    await answers(base, server, () => said);
    const starts = (await readFile(new URL('start-pages.txt', import.meta.url), 'utf8')).split('\n').filter((line) => /^(! )?\//.test(line));
    const works = ids();
    starts.push(`/works/${works.open}`, `/works/${works.open}?view=full`, `/works/${works.open}/sources`, `/works/${works.open}/like`, `/works/${works.adult}`);
    const asked = await checkSite({ base, starts: [`/works/${works.adult}`, `/works/${works.open}`], limit: 2, shots: values.shots && join(values.shots, 'before-the-gate') });
    const inside = await checkSite({ base, starts, limit: Number(values.pages), shots: values.shots, cookie: await passTheGate(base) });
    console.log(`  ${asked.pages.length + inside.pages.length} pages in Chromium and the Nu HTML checker`);
    const names = await checkNames({ base, ...(await someone(base)), shots: values.shots });
    const feeds = await checkFeeds({ base, pages: ['/', '/works', '/search?q=the', '/works?sort=title&without.rating=Explicit'] });
    return [...lines([...asked.failures, ...inside.failures]), ...names, ...feeds];
  } finally {
    server.kill('SIGTERM');
  }
}

/** A character of the pile that is offered first for the beginning of the name. */
async function someone(base) {
  const answer = await fetch(`${base}/api/v1/complete?kind=character&limit=1&q=h`);
  const [found] = (await answer.json()).names;
  if (!found) throw new Error('no name is offered for h');
  return { typed: 'h', name: found.name };
}

/** Says "yes, I am an adult" as a reader would, and gives the cookie that remembers it; a site that asks nothing gives none. */
async function passTheGate(base) {
  const body = new URLSearchParams({ return_to: '/' });
  const response = await fetch(`${base}/adult`, { method: 'POST', body, headers: { origin: base, 'sec-fetch-site': 'same-origin' }, redirect: 'manual' });
  return response.headers.getSetCookie?.()[0]?.split(';')[0] ?? response.headers.get('set-cookie')?.split(';')[0];
}

async function answers(base, server, said) {
  const until = Date.now() + SERVER_STARTS_WITHIN_MS;
  while (Date.now() < until && server.exitCode === null) {
    const response = await fetch(`${base}/healthz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`fanfold serve did not answer at ${base}/healthz\n${said()}`);
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
