// Which pages are looked at: from the start pages along same-origin links, a few of each kind of page.
const PER_KIND = 2;

/**
 * Pages by breadth-first search, each `{ path, html, headers }`. Every start path is taken; of what is found by links,
 * at most two of each kind and `limit` in all. Pages that are not HTML (downloads, feeds) are passed over.
 */
export async function findPages(base, starts, limit, headers = {}) {
  const queue = starts.map((path) => ({ path, asked: true }));
  const seen = new Set(starts);
  const kinds = new Map();
  const pages = [];
  const broken = [];
  while (queue.length > 0 && pages.length < limit) {
    const { path, asked, from } = queue.shift();
    const kind = kindOf(path);
    if (!asked && (kinds.get(kind) ?? 0) >= PER_KIND) continue;
    const response = await fetch(new URL(path, base), { headers, redirect: 'follow' });
    const html = isHtml(response) ? await response.text() : await response.body?.cancel();
    if (!response.ok) broken.push({ path, where: '', check: 'status', message: `${response.status}${from ? `, linked from ${from}` : ''}` });
    if (!response.ok || html === undefined) continue;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    pages.push({ path, html, headers: response.headers });
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

/** Pages with the same first word, depth and query names are one kind: `/works/1` and `/works/2`. */
function kindOf(path) {
  const url = new URL(path, 'http://x');
  const parts = url.pathname.split('/').filter(Boolean);
  const words = parts.map((part, at) => (at === 0 || /^[a-z]{4,9}$/.test(part) && at % 2 === 0 ? part : '*'));
  return `${words.join('/')}?${[...new Set(url.searchParams.keys())].sort().join('&')}`;
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
