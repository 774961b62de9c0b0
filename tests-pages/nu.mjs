// The Nu HTML checker over pages and style sheets, all in one run of Java.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const jar = join(dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build', 'dist', 'vnu.jar');

// What the checker does not know yet, each with the reason it is right all the same. Nothing else is passed over.
const NOT_KNOWN_YET = [
  { pattern: /Unrecognized at-rule “@(container|property|view-transition)”/, reason: 'CSS Containment 3, Properties and Values 1, View Transitions 2: in every current browser' },
  { pattern: /“(text-box|field-sizing|interpolate-size)”: Property “\1” doesn't exist/, reason: 'CSS Inline 3, UI 4, Values 5: shipped in Chromium, ignored elsewhere without harm' },
  { pattern: /^CSS: “--[\w-]+”: Invalid type: “.*var\(--/, reason: 'a custom property that another style sheet defines has no type for the checker, so min() of it does not either' },
];

/** Errors in `documents` (`{ path, text, kind: 'html' | 'css' }`), as failures. */
export async function checkMarkup(documents) {
  const folder = await mkdtemp(join(tmpdir(), 'fanfold-nu-'));
  try {
    const files = await Promise.all(documents.map(async ({ text, kind }, at) => {
      const file = join(folder, `${at}.${kind}`);
      await writeFile(file, text);
      return file;
    }));
    const { messages } = JSON.parse(await run([...files]));
    return messages.filter((message) => message.type === 'error' && !isKnown(message)).map((message) => {
      const at = Number(/(\d+)\.(?:html|css)$/.exec(message.url ?? '')?.[1]);
      return { path: documents[at]?.path ?? '?', where: `line ${message.lastLine ?? '?'}`, check: 'nu', message: message.message };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function isKnown({ message }) {
  return NOT_KNOWN_YET.some(({ pattern }) => pattern.test(message));
}

function run(files) {
  const options = ['-Xss8m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', '--also-check-css', ...files];
  return new Promise((resolve, reject) => {
    execFile('java', options, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`the Nu HTML checker did not run: ${stderr || error.message}`));
      else resolve(stdout);
    });
  });
}
