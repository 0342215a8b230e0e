// The operator's desk in a browser: scripts off, by keyboard, on a phone; closing a survey and opening it again.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { until } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function faults(page) {
  await page.evaluate(source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const violations = found.flatMap((one) => one.nodes.map((node) => `${one.id} (${one.impact}): ${node.target.join(' ')}\n${node.html.slice(0, 160)}`));
  return wide > 1 ? [...violations, `the page is ${wide} px too wide`] : violations;
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    await project.serve();
    const desk = new URL('/_desk', project.url).href;
    const form = new URL('/surveys/pulse.html', project.url).href;
    const takes = async () => (await (await fetch(form)).text()).includes('<form');

    for (const [width, scheme, lang] of [[360, 'light', 'ja'], [360, 'dark', 'en'], [1280, 'light', 'en'], [1280, 'dark', 'ja']]) {
      await checks.check(`${width} px, ${scheme}, ${lang}: axe, and nothing wider than the screen`, async () => {
        const page = await openPage(browser, { width, scheme });
        await page.goto(`${desk}?lang=${lang}`);
        // With every warning open there is most to see
        for (const summary of await page.locator('.desk-acts summary').all()) await summary.click();
        const found = await faults(page);
        if ((await page.locator('html').getAttribute('lang')) !== lang) found.push('another language');
        await page.context().close();
        return found;
      });
    }

    await checks.check('a survey is closed by keyboard, without scripts, and opened again; the form follows', async () => {
      const page = await openPage(browser, { script: false, width: 360 });
      await page.goto(desk);
      const own = page.locator('#survey-pulse');
      await own.locator('summary').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement.tagName);
      await Promise.all([page.waitForURL(/done=closed/), page.keyboard.press('Enter')]);
      await until(async () => !(await takes()), 20, 'the form is gone');
      await page.goto(desk);
      await Promise.all([page.waitForURL(/done=reopened/), page.locator('#survey-pulse form[action$="/reopen"] button').click()]);
      await until(takes, 20, 'the form is back');
      await page.context().close();
      return focused === 'BUTTON' ? [] : [`the warning leads on to ${focused}`];
    });
  } finally {
    await project.remove();
  }
}
