// One Chromium for all checks: the one that Debian ships, with nothing that talks to the network by itself.
import { chromium } from 'playwright-core';

const FLAGS = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync',
];

/** Starts a headless Chromium with a fresh profile; the sandbox is left out only where Chromium refuses it (root). */
export function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, headless: true, args: FLAGS, chromiumSandbox: process.getuid() !== 0 });
}

/** Runs `work` over `items`, two at a time. */
export async function inPairs(items, work) {
  const waiting = [...items];
  const lane = async () => {
    while (waiting.length > 0) await work(waiting.shift());
  };
  await Promise.all([lane(), lane()]);
}
