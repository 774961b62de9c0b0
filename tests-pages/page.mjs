// What is asked of one page in a real browser. Every answer is a failure `{ path, where, check, message }` or nothing.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const WIDTHS = [390, 820, 1440];
const SCHEMES = ['light', 'dark'];
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Looks at one page in every width and colour scheme, then without JavaScript. */
export async function checkPage(contexts, base, page, shots) {
  const failures = headerFailures(page);
  const report = (where, check, message) => failures.push({ path: page.path, where, check, message });
  const tab = await contexts.withScripts.newPage();
  try {
    await listen(tab, new URL(page.path, base), page.mayRefuse, report);
    await tab.goto(new URL(page.path, base).href, { waitUntil: 'load' });
    await tab.evaluate(axe);
    for (const scheme of SCHEMES) {
      await tab.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      for (const width of WIDTHS) await checkView(tab, page, width, scheme, shots, report);
    }
    for (const violation of await tab.evaluate(() => window.refusedByPolicy ?? [])) report('', 'csp', violation);
    await checkWithoutScripts(contexts.withoutScripts, base, page, await readable(tab), report);
  } catch (error) {
    report('', 'browser', error.message.split('\n')[0]);
  } finally {
    await tab.close();
  }
  return failures;
}

function headerFailures({ path, headers }) {
  const policy = headers.get('content-security-policy') ?? '';
  const problem = policy === '' ? 'no Content-Security-Policy' : /'unsafe-(inline|eval)'/.exec(policy)?.[0];
  return problem ? [{ path, where: '', check: 'policy', message: problem }] : [];
}

/** Hears what goes wrong while the page loads: errors in the console, requests to other hosts, refusals by the CSP. */
function listen(tab, address, mayRefuse, report) {
  tab.on('pageerror', (error) => report('', 'console', error.message));
  tab.on('console', (message) => {
    const isTheRefusal = mayRefuse && message.location().url === address.href;
    if (message.type() === 'error' && !isTheRefusal) report('', 'console', message.text());
  });
  tab.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.origin !== address.origin) report('', 'third party', url.origin);
  });
  return tab.addInitScript(() => {
    window.refusedByPolicy = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.refusedByPolicy.push(`${event.effectiveDirective} refused ${event.blockedURI}`);
    });
  });
}

async function checkView(tab, page, width, scheme, shots, report) {
  const where = `${width} ${scheme}`;
  await tab.setViewportSize({ width, height: width < 600 ? 844 : 900 });
  const wide = await tab.evaluate(widest);
  if (wide) report(where, 'scrolls sideways', wide);
  // The widest view in the light is the narrow one with more room: axe looks at the other five.
  if (where !== '820 light') {
    const { violations } = await tab.evaluate((tags) => window.axe.run(document, { runOnly: tags, resultTypes: ['violations'] }), AXE_TAGS);
    for (const { id, nodes } of violations) report(where, `axe ${id}`, `${nodes.length} x, first ${nodes[0].target.join(' ')}`);
  }
  if (shots) await tab.screenshot({ path: join(shots, `${nameOf(page.path)}-${width}-${scheme}.png`), fullPage: width === 390 });
}

/** Runs in the page: the element that makes it wider than the window, or nothing. */
function widest() {
  const room = document.documentElement.clientWidth;
  if (document.scrollingElement.scrollWidth <= room) return null;
  const right = (element) => element.getBoundingClientRect().right;
  const last = [...document.body.querySelectorAll('*')].sort((a, b) => right(b) - right(a))[0];
  const name = last ? `${last.tagName.toLowerCase()}.${last.className || '-'}` : 'the page';
  return `${name} ends at ${Math.round(last ? right(last) : 0)} of ${room}`;
}

/** Without scripts the page must say the same: as much text in its main part, give or take what scripts add. */
async function checkWithoutScripts(context, base, page, withScripts, report) {
  const tab = await context.newPage();
  try {
    await tab.goto(new URL(page.path, base).href, { waitUntil: 'load' });
    const without = await readable(tab);
    if (!without.heading) report('no scripts', 'no heading', 'there is no h1');
    if (without.text.length < withScripts.text.length * 0.9) {
      report('no scripts', 'needs JavaScript', `${without.text.length} of ${withScripts.text.length} characters are there`);
    }
  } finally {
    await tab.close();
  }
}

async function readable(tab) {
  const main = tab.locator('main').first();
  const text = (await main.count()) > 0 ? await main.innerText() : '';
  return { heading: (await tab.locator('h1').count()) > 0, text: text.replaceAll(/\s+/g, ' ') };
}

function nameOf(path) {
  return path.replaceAll(/[^a-zA-Z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 60) || 'home';
}
