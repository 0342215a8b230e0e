// axe-core finds no violation on any page or state, in both languages, light at desk width and dark at phone width.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { some } from './stage/checks.mjs';
import { eachPage, openPage } from './stage/chromium.mjs';
import { go } from './stage/visits.mjs';

export const looksAtPages = true;

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MODES = [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 360 },
];

/** Everything that axe knows: WCAG 2.2 A and AA and its own best practice. */
export async function violations(page) {
  // What a press led to may stand there before its style sheet does
  await page.waitForLoadState();
  await page.evaluate(source);
  const found = await page.evaluate(() =>
    // Pages opened from a folder may not read their own style sheets over again
    globalThis.axe.run(document, { preload: location.protocol !== 'file:', resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }).then((result) => result.violations));
  return found.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id} (${violation.impact}): ${node.target.join(' ')}\n${node.html.slice(0, 160)}\n${node.failureSummary.split('\n').slice(1, 3).join('; ').trim()}`));
}

export default async function ({ browser, checks, stage }) {
  // A rule set that finds nothing in a page full of faults finds nothing anywhere.
  await checks.check('finds the faults of a faulty page', async () => {
    const page = await openPage(browser);
    await page.setContent('<html><body><img src="x.png"><p style="color:#aaa;background:#fff">pale</p><input><a href="#"></a></body></html>');
    const found = (await violations(page)).join('\n');
    await page.context().close();
    return ['image-alt', 'color-contrast', 'label', 'link-name', 'html-has-lang'].filter((id) => !found.includes(id)).map((id) => `blind to ${id}`);
  });
  const visits = some(stage.visits, 'pages');
  const faults = new Map(visits.map((visit) => [visit, []]));
  await eachPage(browser, visits, async (page, visit) => {
    try {
      await go(page, visit);
      for (const { scheme, width } of MODES) {
        await page.emulateMedia({ colorScheme: scheme });
        await page.setViewportSize({ width, height: 900 });
        for (const fault of await violations(page)) faults.get(visit).push(`${scheme}, ${width} px: ${fault}`);
      }
    } catch (error) {
      faults.get(visit).push(String(error));
    }
  });
  for (const visit of visits) await checks.check(visit.name, () => faults.get(visit));
}
