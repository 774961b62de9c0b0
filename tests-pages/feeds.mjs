// The feeds that pages name in their heads, read by Chromium's own XML parser: well-formed, and what Atom asks of a document.
import { startBrowser } from './browser.mjs';

/** All failures of the feeds that these pages of a running site name; a page without one is a failure too. */
export async function checkFeeds({ base, pages }) {
  const faults = [];
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    for (const path of pages) {
      const html = await (await fetch(new URL(path, base))).text();
      const href = html.match(/<link rel="alternate" type="application\/atom\+xml"[^>]* href="([^"]*)"/)?.[1];
      if (!href) {
        faults.push(`${path}  feed: the head names none`);
        continue;
      }
      const answer = await fetch(new URL(href.replaceAll('&amp;', '&').replaceAll('&#38;', '&'), base));
      const kind = answer.headers.get('content-type') ?? '';
      if (!answer.ok || !kind.startsWith('application/atom+xml')) faults.push(`${href}  feed: ${answer.status} ${kind}`);
      const found = await page.evaluate(complaints, await answer.text());
      faults.push(...found.map((message) => `${href}  feed: ${message}`));
    }
  } finally {
    await browser.close();
  }
  return faults;
}

/** Runs in the browser. */
function complaints(text) {
  const ATOM = 'http://www.w3.org/2005/Atom';
  const feed = new DOMParser().parseFromString(text, 'application/xml').documentElement;
  const error = feed.querySelector('parsererror') ?? (feed.localName === 'parsererror' ? feed : null);
  if (error) return [`not well-formed: ${error.textContent.slice(0, 200)}`];
  if (feed.localName !== 'feed' || feed.namespaceURI !== ATOM) return [`${feed.nodeName} is no Atom feed`];
  const entries = [...feed.children].filter((child) => child.localName === 'entry');
  const wrong = entries.length === 0 ? ['no entry'] : [];
  for (const one of [feed, ...entries]) {
    for (const name of ['id', 'title', 'updated']) {
      const count = [...one.children].filter((child) => child.localName === name && child.textContent.trim()).length;
      if (count !== 1) wrong.push(`${count} ${name} in ${one.localName}`);
    }
    if (![...one.children].some((child) => child.localName === 'author')) wrong.push(`no author in ${one.localName}`);
  }
  return wrong;
}
