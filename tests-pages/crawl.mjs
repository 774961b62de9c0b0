// Which pages are looked at: from the start pages along same-origin links, a few of each kind of page.
const PER_KIND = 2;
const NAMES_UNDER = ['tags', 'creators', 'collections'];

/**
 * Pages by breadth-first search, each `{ path, html, headers }`. Every start path is taken; of what is found by links,
 * at most two of each kind and `limit` in all. A start path after `!` may answer with a refusal (a missing page, a query
 * that cannot be read): its page is looked at like any other. What is not HTML (downloads, feeds) is passed over.
 */
export async function findPages(base, starts, limit, headers = {}) {
  const queue = starts.map((start) => ({ path: start.replace(/^! */, ''), asked: true, mayRefuse: start.startsWith('!') }));
  const seen = new Set(queue.map(({ path }) => path));
  const kinds = new Map();
  const pages = [];
  const broken = [];
  while (queue.length > 0 && pages.length < limit) {
    const { path, asked, from, mayRefuse } = queue.shift();
    const kind = kindOf(path);
    if (!asked && (kinds.get(kind) ?? 0) >= PER_KIND) continue;
    const response = await fetch(new URL(path, base), { headers, redirect: 'follow' });
    const html = isHtml(response) ? await response.text() : await response.body?.cancel();
    const fine = response.ok || (mayRefuse && response.status < 500);
    if (!fine) broken.push({ path, where: '', check: 'status', message: `${response.status}${from ? `, linked from ${from}` : ''}` });
    if (!fine || html === undefined) continue;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    pages.push({ path, html, headers: response.headers, mayRefuse });
    for (const link of linksOf(html, new URL(path, base))) {
      if (!seen.has(link)) {
        seen.add(link);
        queue.push({ path: link, asked: false, from: path });
      }
    }
  }
  return { pages, broken };
}

function isHtml(response) {
  return (response.headers.get('content-type') ?? '').startsWith('text/html');
}

/**
 * `/works/1` and `/works/2` are one kind of page, `/works/1/sources` is another; what stands under `/tags`, `/creators`
 * and `/collections` are names. Two pages with the same names in their query are of one kind too.
 */
function kindOf(path) {
  const { pathname, searchParams } = new URL(path, 'http://x');
  const [first, ...rest] = pathname.split('/').filter(Boolean);
  const isName = (part) => NAMES_UNDER.includes(first) || /^\d+$/.test(part);
  const parts = [first, ...rest.map((part) => (isName(part) ? '*' : part))];
  return `${parts.join('/')}?${[...new Set(searchParams.keys())].sort().join('&')}`;
}

function linksOf(html, page) {
  const links = [];
  for (const [, href] of html.matchAll(/<a\s[^>]*?href="([^"]*)"/gi)) {
    const url = addressOf(unescape(href), page);
    if (url && url.origin === page.origin && !url.pathname.startsWith('/downloads/')) links.push(url.pathname + url.search);
  }
  return links;
}

function addressOf(href, page) {
  try {
    return new URL(href, page);
  } catch {
    return null;
  }
}

function unescape(text) {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&#39;', "'");
}
