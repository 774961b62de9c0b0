// Looks at a running site: accessibility, console, third parties, policy, scripts off, narrow screens, markup.
//
//   node check.mjs BASE [PATH…] [--limit N] [--shots DIR] [--cookie NAME=VALUE]
//
// Follows same-origin links from the paths (or from /) to a few pages of each kind. One line a failure; exit 1 if any.
import { mkdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { inPairs, startBrowser } from './browser.mjs';
import { findPages } from './crawl.mjs';
import { checkMarkup } from './nu.mjs';
import { checkPage } from './page.mjs';

/** All failures of the pages that are found, with the pages looked at. */
export async function checkSite({ base, starts = ['/'], limit = 24, shots, cookie }) {
  if (shots) await mkdir(shots, { recursive: true });
  const { pages, broken } = await findPages(base, starts, limit, cookie ? { cookie } : {});
  const failures = [...broken];
  const browser = await startBrowser();
  try {
    const contexts = await openContexts(browser, base, cookie);
    await inPairs(pages, async (page) => failures.push(...(await checkPage(contexts, base, page, shots))));
  } finally {
    await browser.close();
  }
  failures.push(...(await checkMarkup([...pages.map(({ path, html }) => ({ path, text: html, kind: 'html' })), ...(await styles(base, pages))])));
  return { pages, failures };
}

async function openContexts(browser, base, cookie) {
  const withScripts = await browser.newContext();
  const withoutScripts = await browser.newContext({ javaScriptEnabled: false });
  if (cookie) {
    const [name, ...value] = cookie.split('=');
    for (const context of [withScripts, withoutScripts]) await context.addCookies([{ name, value: value.join('='), url: base }]);
  }
  return { withScripts, withoutScripts };
}

/** The site's own style sheets, each once. */
async function styles(base, pages) {
  const found = pages.flatMap(({ html }) => [...html.matchAll(/<link\s[^>]*?href="([^"]+\.css[^"]*)"/gi)].map(([, href]) => href));
  return Promise.all([...new Set(found)].map(async (path) => {
    const response = await fetch(new URL(path, base));
    return { path, text: await response.text(), kind: 'css' };
  }));
}

/** One line for each kind of failure on a page, the views it shows in joined. */
export function lines(failures) {
  const joined = new Map();
  for (const { path, where, check, message } of failures) {
    const key = `${path}  ${check}: ${message}`;
    joined.set(key, [...new Set([...(joined.get(key) ?? []), where].filter(Boolean))]);
  }
  return [...joined].map(([line, places]) => (places.length > 0 ? `${line}  [${places.join(', ')}]` : line));
}

async function main() {
  const options = { limit: { type: 'string', default: '24' }, shots: { type: 'string' }, cookie: { type: 'string' } };
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [base, ...starts] = positionals;
  if (!base) throw new Error('usage: node check.mjs BASE [PATH…] [--limit N] [--shots DIR] [--cookie NAME=VALUE]');
  const { pages, failures } = await checkSite({
    ...values, base, limit: Number(values.limit), starts: starts.length > 0 ? starts : ['/'],
  });
  const report = lines(failures);
  for (const line of report) console.log(`  ${line}`);
  console.log(`  ${pages.length} pages looked at, ${report.length} faults`);
  process.exitCode = report.length > 0 || pages.length === 0 ? 1 : 0;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await main();
