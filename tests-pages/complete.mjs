// The fields that offer names while one types: roles, keys, what is announced, what is chosen, and without a script.
import { startBrowser } from './browser.mjs';

/** All failures of the offered names on a running site; `name` is a character that its works carry, `typed` its beginning. */
export async function checkNames({ base, typed, name, shots }) {
  const faults = [];
  const check = (right, message) => { if (!right) faults.push(`/works  names: ${message}`); };
  const browser = await startBrowser();
  try {
    for (const [width, scheme] of [[1440, 'light'], [390, 'dark']]) {
      const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
      page.on('console', (message) => { if (message.type() === 'error') faults.push(`/works  names: ${message.text()}`); });
      await inTheForm({ page, base, typed, name, check, shot: shots && `${shots}/names-${width}-${scheme}.png` });
      await inAQuery({ page, base, typed, name, check, shot: shots && `${shots}/names-query-${width}-${scheme}.png` });
      await page.close();
    }
    await withoutScript({ browser, base, check });
  } finally {
    await browser.close();
  }
  return faults;
}

async function inTheForm({ page, base, typed, name, check, shot }) {
  await page.goto(`${base}/works#filters`);
  const field = page.locator('input[name="with.character"]:not([type=checkbox])');
  await field.evaluate((input) => { input.closest('details').open = true; });
  check(await field.getAttribute('role') === 'combobox', 'the field is no combobox');
  check(await field.getAttribute('aria-expanded') === 'false', 'a closed list is said to be open');
  await field.click();
  await field.pressSequentially(typed, { delay: 20 });
  const list = page.locator(`#${await field.getAttribute('aria-controls')}`);
  await list.locator('[role=option]').first().waitFor({ timeout: 5_000 }).catch(() => check(false, `${typed} offers nothing`));
  check(await field.getAttribute('aria-expanded') === 'true', 'an open list is said to be closed');
  check(/\d+ names?;/.test(await field.locator('xpath=..').locator('[role=status]').textContent()), 'how many names there are is not announced');
  if (shot) await page.screenshot({ path: shot });
  const box = await list.boundingBox();
  check(box && box.x >= 0 && box.x + box.width <= page.viewportSize().width, 'the list leaves the screen');
  await page.keyboard.press('ArrowDown');
  const active = await field.getAttribute('aria-activedescendant');
  check(active && (await page.locator(`#${active}`).getAttribute('aria-selected')) === 'true', 'the chosen name is not the active one');
  check(await field.evaluate((input) => document.activeElement === input), 'the field lost the focus');
  await page.keyboard.press('Escape');
  check(await list.isHidden() && (await field.inputValue()) === typed, 'Escape does not only close the list');
  await page.keyboard.press('ArrowDown');
  await list.locator('[role=option]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  check((await field.inputValue()) === name, `Enter chose ${await field.inputValue()}, not ${name}`);
  check(page.url().endsWith('#filters'), 'Enter on a name sent the form');
}

async function inAQuery({ page, base, typed, name, check, shot }) {
  await page.goto(`${base}/search`);
  const field = page.locator('#q');
  await field.click();
  await field.pressSequentially(`lamp char:${typed}`, { delay: 20 });
  const option = page.locator('[role=option]').filter({ hasText: name }).first();
  await option.waitFor({ timeout: 5_000 }).catch(() => check(false, `char:${typed} offers nothing`));
  if (shot) await page.screenshot({ path: shot });
  await option.click();
  check((await field.inputValue()) === `lamp char:"${name}" `, `a click made ${await field.inputValue()}`);
  await field.pressSequentially('storm');
  await page.waitForTimeout(300);
  check(await page.locator('[role=option]').first().isHidden(), 'plain words are offered names');
}

async function withoutScript({ browser, base, check }) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}/works`);
  const field = page.locator('input[name="with.character"]:not([type=checkbox])');
  check(await field.count() === 1 && (await field.getAttribute('role')) === null, 'without a script the field is no plain field');
  await context.close();
}
