// Runs the browser tests against the built program.
//
//   node tests/browser/run.mjs [--binary PATH] [--only axe,nu] [--summary FILE]
//
// Prints one line a check and its faults beneath; `--summary` gets «passed failed». Exits with 1 when anything failed or nothing ran.
import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Checks } from './stage/checks.mjs';
import { launch } from './stage/chromium.mjs';
import { repository } from './stage/project.mjs';
import { gather } from './stage/visits.mjs';

const { values } = parseArgs({ options: { binary: { type: 'string' }, only: { type: 'string' }, summary: { type: 'string' } } });
const target = process.env.CARGO_TARGET_DIR ?? join(repository, 'target');
const binary = resolve(values.binary ?? ['release', 'debug'].map((profile) => join(target, profile, 'shirube')).find(existsSync) ?? 'shirube');

// Each file: what it needs, and one function that makes its checks.
const FILES = ['loop', 'kinds', 'terms', 'room', 'desk', 'drafts', 'invitations', 'offline', 'results', 'worksheets', 'totals', 'plans', 'talks', 'journey', 'windows', 'handover', 'pack', 'logic', 'charts', 'axe', 'nu', 'links', 'layout', 'schema'];
const wanted = values.only ? values.only.split(',') : FILES;

let passed = 0;
let failed = 0;
const browser = await launch();
let stage;
try {
  for (const name of wanted) {
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
    passed += checks.passed;
    failed += checks.failed;
    console.log(`-- ${name}: ${checks.passed} of ${checks.passed + checks.failed} in ${Math.round((Date.now() - start) / 1000)} s`);
  }
} finally {
  await stage?.close().catch((error) => {
    failed += 1;
    console.log(`FAILED  the served site ends cleanly: ${error.message}`);
  });
  await browser.close();
}
if (passed + failed === 0) failed = 1;
if (values.summary) writeFileSync(values.summary, `${passed} ${failed}\n`);
console.log(`browser: ${passed} checks passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
