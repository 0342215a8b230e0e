// The Nu HTML checker finds no error in any page or state as the server sent it, nor in any style sheet.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { some } from './stage/checks.mjs';

export const looksAtPages = true;

const run = promisify(execFile);
const jar = createRequire(import.meta.url)('vnu-jar');

/** Container queries: in every browser since 2023, not yet in the checker. */
const UNKNOWN_TO_CHECKER = /“container-(type|name)”|Property “container”|at-rule “@container”/;

/** Every message of the checker about one file, as text; warnings are left out. */
async function errors(file, kind) {
  const options = kind === 'css' ? ['--css'] : ['--html'];
  const { stdout } = await run('java', ['-Xss2m', '-jar', jar, ...options, '--format', 'json', '--stdout', '--exit-zero-always', file], { maxBuffer: 64 << 20 });
  return JSON.parse(stdout).messages.filter((message) => message.type === 'error' || message.type === 'non-document-error');
}
const words = (message) => `${message.lastLine ?? '?'}:${message.lastColumn ?? '?'}: ${message.message}${message.extract ? `\n${message.extract.replaceAll('\n', '⏎')}` : ''}`;

/** The errors of each of these pages, in words. */
async function errorsOf(pages) {
  const folder = mkdtempSync(join(tmpdir(), 'shirube-nu-'));
  try {
    const names = pages.map((html, at) => {
      writeFileSync(join(folder, `${at}.html`), html);
      return `${at}.html`;
    });
    const files = names.map((name) => join(folder, name));
    const { stdout } = await run('java', ['-Xss2m', '-jar', jar, '--html', '--format', 'json', '--stdout', '--exit-zero-always', ...files], { maxBuffer: 256 << 20 });
    const messages = JSON.parse(stdout).messages.filter((message) => message.type === 'error' || message.type === 'non-document-error');
    return names.map((name) => messages.filter((message) => message.url?.endsWith(`/${name}`)).map(words));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One check of all pages that a test has kept, by their names; fewer than `least` are a fault of the test. */
export const checkKept = (checks, html, least = 1) =>
  checks.check('the Nu checker finds no error in any state', async () => {
    if (html.size < least) throw new Error(`only ${html.size} pages were seen`);
    const names = [...html.keys()];
    const found = await errorsOf([...html.values()]);
    return found.flatMap((messages, at) => messages.map((message) => `${names[at]}: ${message}`));
  });

export default async function ({ checks, stage }) {
  const folder = mkdtempSync(join(tmpdir(), 'shirube-nu-'));
  try {
    writeFileSync(join(folder, 'faulty.html'), '<!doctype html><html lang="en"><title>x</title><p><div></p><img src="x"><ul><p>');
    await checks.check('finds the faults of a faulty page', async () =>
      (await errors(join(folder, 'faulty.html'), 'html')).length >= 2 ? [] : ['the checker is blind']);

    const visits = some(stage.visits, 'pages');
    const names = new Map();
    for (const [at, visit] of visits.entries()) {
      const name = `${String(at).padStart(4, '0')}.html`;
      names.set(name, visit);
      writeFileSync(join(folder, name), visit.html);
    }
    // One start of the checker for all pages: a virtual machine takes a second to wake.
    const { stdout } = await run(
      'java',
      ['-Xss2m', '-jar', jar, '--html', '--format', 'json', '--stdout', '--exit-zero-always', ...[...names.keys()].map((name) => join(folder, name))],
      { maxBuffer: 256 << 20 });
    const messages = JSON.parse(stdout).messages.filter((message) => message.type === 'error' || message.type === 'non-document-error');
    for (const [name, visit] of names) {
      await checks.check(visit.name, () => messages.filter((message) => message.url?.endsWith(`/${name}`)).map(words));
    }
    await checks.check('every message belongs to a page', () => messages.filter((message) => ![...names.keys()].some((name) => message.url?.endsWith(`/${name}`))).map(words));

    const sheets = readdirSync(join(stage.filled.root, 'output'), { recursive: true }).map(String).filter((name) => name.endsWith('.css'));
    for (const sheet of some(sheets, 'style sheets')) {
      await checks.check(sheet, async () =>
        (await errors(join(stage.filled.root, 'output', sheet), 'css')).filter((message) => !UNKNOWN_TO_CHECKER.test(message.message)).map(words));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
