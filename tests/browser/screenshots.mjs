// A tool, not a test: pictures of every kind of page, to be looked at beside the design.
//
//   node tests/browser/screenshots.mjs OUTDIR [--binary PATH] [--only TEXT] [--widths 360,768,1280] [--all | --rounds]
//
// One page of every kind (with --all every page) and every state of the form × widths × light and dark × both languages, scripts off
// once for each, and prints as PDF (as PNG too where pdftoppm is). `--only` keeps the pages whose name holds the text.
// `--rounds` looks at the desk, at sheets put aside and at answers taken back instead.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { each } from './stage/checks.mjs';
import { launch, openPage } from './stage/chromium.mjs';
import { repository } from './stage/project.mjs';
import { gatherRounds } from './stage/rounds.mjs';
import { gather, go } from './stage/visits.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { binary: { type: 'string' }, only: { type: 'string' }, widths: { type: 'string', default: '360,768,1280' }, all: { type: 'boolean', default: false }, rounds: { type: 'boolean', default: false } },
});
if (positionals.length !== 1) {
  console.error('usage: node tests/browser/screenshots.mjs OUTDIR [--binary PATH] [--only TEXT] [--widths 360,768,1280] [--all | --rounds]');
  process.exit(2);
}
const outdir = resolve(positionals[0]);
const target = process.env.CARGO_TARGET_DIR ?? join(repository, 'target');
const binary = resolve(values.binary ?? ['release', 'debug'].map((profile) => join(target, profile, 'shirube')).find(existsSync) ?? 'shirube');
mkdirSync(outdir, { recursive: true });

/** What kind of page an address is: its first part, and whether it lies deeper. */
function kind(visit) {
  if (visit.name !== visit.path) return visit.name;
  const parts = visit.path.replace(/^\/en\//, '/').split('/').filter(Boolean);
  return `${visit.lang} ${parts[0] ?? 'home'} ${parts.length}`;
}

const browser = await launch();
const stage = await (values.rounds ? gatherRounds : gather)(binary, browser);
let pictures = 0;
try {
  const seen = new Set();
  const visits = stage.visits.filter((visit) => {
    if (values.only && !visit.name.includes(values.only)) return false;
    if (!values.all && !values.rounds && seen.has(kind(visit))) return false;
    seen.add(kind(visit));
    return true;
  });
  const widths = values.widths.split(',').map(Number);
  const modes = [
    ...widths.flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme, script: true }))),
    { width: widths[0], scheme: 'light', script: false },
  ];
  const file = (visit, rest) => join(outdir, `${visit.lang || 'xx'}-${visit.name.replace(/^\/(en\/)?/, '').replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'home'}-${rest}`);
  await each(visits, async (visit) => {
    for (const mode of modes) {
      const page = await openPage(browser, mode);
      await go(page, visit);
      await page.screenshot({ path: file(visit, `${mode.width}-${mode.scheme}${mode.script ? '' : '-noscript'}.png`), fullPage: true });
      await page.context().close();
      pictures += 1;
    }
    const page = await openPage(browser);
    await go(page, visit);
    const pdf = file(visit, 'print.pdf');
    await page.pdf({ path: pdf, preferCSSPageSize: true, format: 'A4', printBackground: true });
    await page.context().close();
    try {
      execFileSync('pdftoppm', ['-r', '70', '-png', pdf, pdf.replace(/\.pdf$/, '')], { stdio: 'ignore' });
    } catch {
      // No pdftoppm here: the PDF stands.
    }
    pictures += 1;
  });
} finally {
  await stage.close();
  await browser.close();
}
console.log(`${pictures} pictures in ${outdir}`);
