// A small site with one good page and, for each thing the checks look for, one page with exactly that fault.
const POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; form-action 'self'";

const page = (title, main, head = '') => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/dot.svg"><link rel="stylesheet" href="/style.css">${head}</head>
<body><header><a href="/good">The archive</a></header><main><h1>${title}</h1>${main}</main></body></html>`;

const PARAGRAPH = '<p>The attic held a chest, and the chest held every letter that Jim had ever kept.</p>';

/** Pages by path: their HTML, the check that has to fail (none for the good one), and a policy where it differs. */
export const PAGES = {
  '/good': { html: page('A good page', PARAGRAPH) },
  '/refused': { html: page('Not here', PARAGRAPH), status: 404, mayRefuse: true },
  '/no-alt': { html: page('No alt', '<img src="/dot.svg" width="9" height="9">'), fails: 'axe image-alt', also: ['nu'] },
  '/pale': { html: page('Pale', `<div class="pale">${PARAGRAPH}</div>`), fails: 'axe color-contrast' },
  '/pale-at-night': { html: page('Pale at night', `<div class="night">${PARAGRAPH}</div>`), fails: 'axe color-contrast' },
  '/inline': { html: page('Inline', `${PARAGRAPH}<script>document.title = "x";</script>`), fails: 'csp', also: ['console'] },
  '/stranger': {
    html: page('Stranger', '<img src="http://stranger.invalid/a.png" alt="A dot" width="9" height="9">'),
    fails: 'third party', also: ['console'], policy: POLICY.replace("img-src 'self'", 'img-src *'),
  },
  '/wide': { html: page('Wide', `<div class="wide">${PARAGRAPH}</div>`), fails: 'scrolls sideways' },
  '/scripted': { html: page('Scripted', '<div id="late"></div>', '<script src="/late.js" defer></script>'), fails: 'needs JavaScript' },
  '/throws': { html: page('Throws', PARAGRAPH, '<script src="/throw.js" defer></script>'), fails: 'console' },
  '/invalid': { html: page('Invalid', '<p><table><tr><td>A</table><center>old</center>'), fails: 'nu' },
  '/lax': { html: page('Lax', PARAGRAPH), fails: 'policy', policy: `${POLICY}; style-src-attr 'unsafe-inline'` },
};

/** Everything else the site serves. */
export const FILES = {
  '/style.css': ['text/css', `body { font: 18px/1.6 serif; color: #222; background: #fff; }
.pale { color: #bbb; } .wide { width: 700px; }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111; } a { color: #9cf; } .pale { color: #444; } .night { color: #333; } }`],
  '/dot.svg': ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle cx="4" cy="4" r="4"/></svg>'],
  '/late.js': ['text/javascript', `document.querySelector('#late').textContent = 'Everything that is worth reading comes late. '.repeat(9);`],
  '/throw.js': ['text/javascript', `throw new Error('on purpose');`],
};

/** Answers one request of the small site. */
export function answer(request, response) {
  const found = PAGES[request.url];
  const [type, body] = found ? ['text/html; charset=utf-8', found.html] : (FILES[request.url] ?? ['text/plain', undefined]);
  response.writeHead(found?.status ?? (body === undefined ? 404 : 200), { 'content-type': type, 'content-security-policy': found?.policy ?? POLICY });
  response.end(body ?? 'not found');
}
