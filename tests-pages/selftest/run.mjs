// Proves that the checks can fail: each page of the small site must fail by its own fault, and the good one by none.
import { createServer } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkBooks } from '../books.mjs';
import { checkSite } from '../check.mjs';
import { answer, PAGES } from './pages.mjs';

const wrong = [...(await wrongAboutPages()), ...(await wrongAboutBooks())];
for (const line of wrong) console.log(`  ${line}`);
console.log(`  ${Object.keys(PAGES).length} planted pages and 1 planted book, ${wrong.length} judged wrongly`);
process.exitCode = wrong.length > 0 ? 1 : 0;

async function wrongAboutPages() {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const starts = Object.entries(PAGES).map(([path, { mayRefuse }]) => (mayRefuse ? `! ${path}` : path));
  const { pages, failures } = await checkSite({ base: `http://127.0.0.1:${server.address().port}`, starts: [...starts, '/gone'], limit: 99 });
  server.closeAllConnections();
  server.close();
  const lines = Object.entries(PAGES).flatMap(([path, expected]) => judge(path, expected, failures.filter((failure) => failure.path === path)));
  if (pages.length !== Object.keys(PAGES).length) lines.push(`${pages.length} pages were looked at`);
  if (!failures.some(({ path, check }) => path === '/gone' && check === 'status')) lines.push('/gone: a missing page was not found out');
  return lines;
}

function judge(path, { fails, also = [] }, failures) {
  const checks = [...new Set(failures.map(({ check }) => check))];
  const missed = fails && !checks.includes(fails) ? [`${path}: "${fails}" was not found out`] : [];
  const surplus = failures.filter(({ check }) => check !== fails && !also.includes(check));
  return [...missed, ...surplus.map(({ check, message, where }) => `${path}: unexpected ${check}: ${message} [${where}]`)];
}

async function wrongAboutBooks() {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-planted-'));
  await writeFile(join(folder, 'planted.epub'), 'This is no book.');
  const { failures } = await checkBooks(folder, 1);
  await rm(folder, { recursive: true });
  return failures.length > 0 ? [] : ['planted.epub: EPUBCheck took it for a book'];
}
