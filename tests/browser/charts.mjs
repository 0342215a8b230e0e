// Every kind of chart with honest, hostile and broken numbers, as the Rust tests lay them out (`tmp/charts` below the target folder): at
// three widths, in both languages, by day, by night and as paper, no text is cut, covered, too small or pale, and nothing is fetched.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { each } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { inspect } from './stage/inspect.mjs';
import { repository } from './stage/project.mjs';

const LOOKS = [
  ...[1280, 768, 360].flatMap((width) => ['light', 'dark'].map((scheme) => ({ width, scheme, media: 'screen' }))),
  { width: 718, scheme: 'light', media: 'print' },
];

/** The folder that the Rust tests have written. */
function gallery(binary) {
  const targets = [process.env.CARGO_TARGET_DIR, dirname(dirname(binary)), join(repository, 'target')].filter(Boolean);
  return targets.map((target) => join(target, 'tmp', 'charts')).find(existsSync);
}

export default async function ({ binary, browser, checks }) {
  const folder = gallery(binary);
  if (!folder) {
    await checks.check('the pages of charts are there', () => ['run `cargo test --test it charts` first: it lays them out']);
    return;
  }
  const pages = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
  await checks.check('there is a page of every kind in both languages', () => (pages.length >= 38 && pages.length % 2 === 0 ? [] : [`${pages.length} pages`]));
  const results = await each(pages, async (name) => {
    const page = await openPage(browser);
    const found = [];
    try {
      await page.goto(pathToFileURL(join(folder, name)).href);
      for (const { width, scheme, media } of LOOKS) {
        await page.emulateMedia({ colorScheme: scheme, media });
        await page.setViewportSize({ width, height: 900 });
        // Hostile labels are Japanese in any language, so speech is only looked at on honest pages.
        const lang = name.includes('honest') ? name.slice(0, 2) : undefined;
        // Paper shrinks its drawings to the column: there only places are looked at.
        const faults = (await page.evaluate(inspect, { lang })).filter((fault) => media === 'screen' || !/ px high$/.test(fault));
        found.push(...faults.map((fault) => `${media}, ${scheme}, ${width} px: ${fault}`));
      }
      found.push(...page.account.requests.slice(1).map((url) => `asked for ${url}`), ...page.account.errors);
    } catch (error) {
      found.push(String(error.stack));
    } finally {
      await page.context().close();
    }
    return found;
  });
  for (const [at, name] of pages.entries()) await checks.check(name, () => results[at].slice(0, 20));
}
