// The demonstration organisation with all its figures, opened from a folder with the network off: what a board gets. Every report in both
// languages, how it was made, its slides and pages of single groups: axe, layout at four widths, Nu, paper, no script, nothing asked for.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { faultsOf } from './layout.mjs';
import { checkKept } from './nu.mjs';
import { some } from './stage/checks.mjs';
import { eachPage, openPage } from './stage/chromium.mjs';
import { language } from './stage/markup.mjs';
import { repository } from './stage/project.mjs';

const TODAY = ['--today', '2025-06-01'];
const PLANS = { 'sample.yaml': ['voice-2024-04', 'voice-2024-10', 'voice-2025-04'], 'course.yaml': ['course-before', 'course-after'] };
/** Of the pages of single groups two stand for all: one of a large group, one of eight people. */
const WANTED = /^(en\/)?reports(\.html|\/[a-z0-9-]+\.html|\/[a-z0-9-]+\/(method|slides)\.html|\/voice-2025-04\/by\/department\/(logistics|audit)\.html)$/;
/** A4 less its margins, in px. */
const PAPER = 718;

/** Builds the demonstration with the answers of its waves and of its course. */
function built(binary, root) {
  const from = join(repository, 'docs/demonstration');
  cpSync(from, root, { recursive: true });
  const run = (...words) => execFileSync(binary, [...words, '--root', root, '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] });
  for (const [plan, surveys] of Object.entries(PLANS)) {
    run('sample', join(root, plan), '--to', join(root, 'made'), '--force');
    for (const survey of surveys) {
      run('import', 'responses', survey, join(root, 'made', `${survey}.sample.csv`));
      run('close', survey, ...TODAY);
    }
  }
  run('build', ...TODAY);
  return join(root, 'output/voices');
}

/** What paper shows: no figure is lost or cut, and nothing runs out of the page. */
const onPaper = () => {
  const faults = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) faults.push(`${wide} px too wide on paper`);
  for (const figure of document.querySelectorAll('figure')) {
    const drawn = [...figure.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().height > 0);
    if (figure.querySelector('svg') && drawn.length === 0) faults.push(`no drawing of «${figure.textContent.trim().slice(0, 40)}» on paper`);
    if (drawn.some((svg) => svg.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)) faults.push('a drawing leaves the paper');
  }
  for (const part of document.querySelectorAll('.exhibit .drawing')) {
    if (part.getBoundingClientRect().height > 0 && getComputedStyle(part.querySelector('figure') ?? part).breakInside !== 'avoid') faults.push('a drawing may be split');
  }
  return [...new Set(faults)];
};

export default async function ({ binary, browser, checks }) {
  const root = mkdtempSync(join(tmpdir(), 'shirube-showcase-'));
  const html = new Map();
  try {
    const site = built(binary, root);
    const all = readdirSync(site, { recursive: true }).map((name) => String(name).replaceAll('\\', '/')).filter((name) => WANTED.test(name)).sort();
    await checks.check('every report is there in both languages, with figures in it', () => {
      const faults = [];
      for (const report of ['course', 'voice-2024-04', 'voice-2024-10', 'voice-2025-04', 'voice-changes'].flatMap((id) => [`reports/${id}.html`, `en/reports/${id}.html`])) {
        const text = existsSync(join(site, report)) ? readFileSync(join(site, report), 'utf8') : '';
        if ((text.match(/<svg\b/g) ?? []).length < 6) faults.push(`${report} has hardly a drawing`);
      }
      return faults;
    });
    const found = new Map();
    await eachPage(browser, some(all, 'pages'), async (page, name) => {
      const faults = { axe: [], layout: [], quiet: [], paper: [] };
      found.set(name, faults);
      await page.context().setOffline(true);
      try {
        await page.goto(pathToFileURL(join(site, name)).href);
        const text = readFileSync(join(site, name), 'utf8');
        html.set(name, text);
        for (const [scheme, width] of [['light', 1280], ['dark', 360]]) {
          await page.emulateMedia({ colorScheme: scheme });
          await page.setViewportSize({ width, height: 900 });
          for (const fault of await violations(page)) faults.axe.push(`${scheme}, ${width} px: ${fault}`);
        }
        faults.layout.push(...(await faultsOf(page, { lang: language(text) })));
        faults.quiet.push(...page.account.requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:')).map((url) => `asked for ${url}`), ...page.account.errors);
        if (!name.endsWith('slides.html')) {
          await page.emulateMedia({ media: 'print', colorScheme: 'light' });
          await page.setViewportSize({ width: PAPER, height: 1000 });
          faults.paper.push(...(await page.evaluate(onPaper)));
          await page.emulateMedia({ media: null });
        }
      } catch (error) {
        faults.layout.push(String(error.stack));
      } finally {
        await page.context().setOffline(false);
      }
    });
    for (const [name, faults] of found) {
      for (const [what, list] of Object.entries(faults)) await checks.check(`${name}: ${what}`, () => list);
    }
    await checks.check('without a script every figure, finding and table is seen', async () => {
      const faults = [];
      for (const name of ['reports/voice-2025-04.html', 'en/reports/course.html']) {
        const page = await openPage(browser, { script: false, offline: true, width: 360 });
        await page.goto(pathToFileURL(join(site, name)).href);
        const [figures, lacking] = await page.locator('.exhibit:has(.chart)').evaluateAll((all) => {
          const seen = (exhibit, what) => [...exhibit.querySelectorAll(what)].some((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0);
          return [all.length, all.filter((one) => !['.chart svg', 'table', 'h3'].every((what) => seen(one, what))).map((one) => one.id)];
        });
        if (figures < 2) faults.push(`${name}: ${figures} figures`);
        faults.push(...lacking.map((id) => `${name}: #${id} lacks its drawing, table or title`));
        await page.context().close();
      }
      return faults;
    });
    await checkKept(checks, html, 20);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
