// Runs the browser tests against the built program.
//
//   node tests/browser/run.mjs [--binary PATH] [--only axe,nu] [--summary FILE]
//
// Prints one line a check and its faults beneath; `--summary` gets «passed failed». Exits with 1 when anything failed or nothing ran.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Checks, each } from './stage/checks.mjs';
import { launch } from './stage/chromium.mjs';
import { repository } from './stage/project.mjs';
import { gather } from './stage/visits.mjs';

const { values } = parseArgs({ options: { binary: { type: 'string' }, only: { type: 'string' }, summary: { type: 'string' } } });
const target = process.env.CARGO_TARGET_DIR ?? join(repository, 'target');
const binary = resolve(values.binary ?? ['release', 'debug'].map((profile) => join(target, profile, 'shirube')).find(existsSync) ?? 'shirube');

// Each file: what it needs, and one function that makes its checks.
const FILES = ['limits', 'loop', 'kinds', 'terms', 'room', 'desk', 'drafts', 'invitations', 'offline', 'results', 'worksheets', 'worksheet-private', 'worksheet-paper', 'paper', 'piles', 'totals', 'plans', 'talks', 'journey', 'windows', 'handover', 'pack', 'showcase', 'logic', 'charts', 'axe', 'nu', 'links', 'layout', 'schema'];
const wanted = values.only ? values.only.split(',') : FILES;

/** The checks of these files, one after the other, in one browser. */
async function here(names) {
  const sums = { passed: 0, failed: 0 };
  const browser = await launch();
  let stage;
  try {
    for (const name of names) {
      const checks = new Checks(name);
      const start = Date.now();
      try {
        const test = await import(`./${name}.mjs`);
        // Tests that look at pages share one served site; it is gathered when the first of them asks.
        if (test.looksAtPages) stage ??= await gather(binary, browser);
        await test.default({ binary, browser, checks, stage });
      } catch (error) {
        await checks.check('runs', () => {
          throw error;
        });
      }
      sums.passed += checks.passed;
      sums.failed += checks.failed;
      console.log(`-- ${name}: ${checks.passed} of ${checks.passed + checks.failed} in ${Math.round((Date.now() - start) / 1000)} s`);
    }
  } finally {
    await stage?.close().catch((error) => {
      sums.failed += 1;
      console.log(`FAILED  the served site ends cleanly: ${error.message}`);
    });
    await browser.close();
  }
  return sums;
}

// A check that hangs is stopped by its own limit; this one is for what happens around the checks. In milliseconds.
const FILE_LIMIT = 20 * 60_000;

/** The checks of one file in a process and a browser of its own; what it prints is printed when it is through. */
async function apart(name) {
  const folder = mkdtempSync(join(tmpdir(), 'shirube-run-'));
  const summary = join(folder, 'summary');
  try {
    const printed = [];
    const child = spawn(process.execPath, [fileURLToPath(import.meta.url), '--binary', binary, '--only', name, '--summary', summary], { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => printed.push(bytes));
    const stop = setTimeout(() => {
      printed.push(Buffer.from(`FAILED  ${name}: not at its end after ${FILE_LIMIT / 60_000} minutes\n`));
      child.kill();
      // What the killed process had started may hold its ends of these for ever
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
    }, FILE_LIMIT);
    const code = await new Promise((done, fail) => child.on('error', fail).on('close', done));
    clearTimeout(stop);
    process.stdout.write(Buffer.concat(printed));
    if (!existsSync(summary)) {
      console.log(`FAILED  ${name}: ended with ${code} before it could count`);
      return { passed: 0, failed: 1 };
    }
    const [passed, failed] = readFileSync(summary, 'utf8').trim().split(' ').map(Number);
    return { passed, failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const tests = await Promise.all(wanted.map(async (name) => ({ name, pages: (await import(`./${name}.mjs`).catch(() => ({}))).looksAtPages })));
const names = (list) => list.map((test) => test.name);
const alone = names(tests.filter((test) => !test.pages));
const sharing = names(tests.filter((test) => test.pages));
// A test with a project of its own waits for its server half of the time: two of them go on at once, and never in one process,
// where what one does without a pause would use up the other's patience.
const sums = alone.length > 1 ? await each(alone, apart) : alone.length === 1 ? [await here(alone)] : [];
if (sharing.length > 0) sums.push(await here(sharing));
const sum = (key) => sums.reduce((all, one) => all + one[key], 0);
const passed = sum('passed');
const failed = passed + sum('failed') === 0 ? 1 : sum('failed');
if (values.summary) writeFileSync(values.summary, `${passed} ${failed}\n`);
if (wanted.length > 1) console.log(`browser: ${passed} checks passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
