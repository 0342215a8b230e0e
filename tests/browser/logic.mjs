// Questions of one page that come and go: live with a script, with the next page without one, the same answers kept by both;
// answers in later texts; orders that stay. At phone width, in both languages, by keyboard alone, clean for axe.
import { cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openPage } from './stage/chromium.mjs';
import { differences } from './evaluate.mjs';
import { Project, repository } from './stage/project.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHONE = { width: 360, height: 740 };

/** The ids of the questions that can be seen, in order. */
const asked = (page) =>
  page.evaluate(() => [...document.querySelectorAll('.question')].filter((one) => one.getClientRects().length > 0).map((one) => one.id.slice(2)));

const same = (what, came, wanted) => (JSON.stringify(came) === JSON.stringify(wanted) ? [] : [`${what}: ${JSON.stringify(came)}, not ${JSON.stringify(wanted)}`]);

const choose = (page, name, value) => page.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
const next = (page) => Promise.all([page.waitForNavigation(), page.locator('button.primary[value="next"]').click()]);

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    rmSync(join(project.root, 'content'), { recursive: true });
    cpSync(join(repository, 'tests/cases/base/content'), join(project.root, 'content'), { recursive: true });
    writeFileSync(join(project.root, 'content/surveys/pulse.yaml'), readFileSync(join(repository, 'tests/logic/survey.yaml')));
    await project.serve();
    const address = (language) => `${project.url}${language === 'en' ? 'en/' : ''}surveys/pulse.html`;

    await checks.check('the evaluator finds a difference where there is one', () => {
      const wrong = { today: '2026-11-20', scales: {}, cases: [{ expression: '1 = 1', compiled: ['=', 1, 1], answers: {}, expected: false }] };
      const { faults, compared } = differences(wrong);
      return faults.length === 1 && compared === 1 ? [] : ['it found none'];
    });

    for (const language of ['ja', 'en']) {
      await checks.check(`${language}: with a script questions come and go at once, and what was typed stays`, async () => {
        const page = await openPage(browser, PHONE);
        await page.goto(address(language));
        const faults = [...same('at first', await asked(page), ['nickname', 'way', 'vision'])];
        await page.fill('[name="nickname"]', 'みどり');
        await choose(page, 'way', 'home');
        faults.push(...same('at home', await asked(page), ['nickname', 'way', 'days', 'vision']));
        await page.fill('[name="days"]', '５');
        faults.push(...same('five days in full width', await asked(page), ['nickname', 'way', 'days', 'desk', 'vision']));
        await choose(page, 'desk', 'quiet');
        await page.fill('[name="why"]', '会議');
        await choose(page, 'way', 'office');
        faults.push(...same('all gone again', await asked(page), ['nickname', 'way', 'vision']));
        await choose(page, 'way', 'both');
        faults.push(...same('and back', await asked(page), ['nickname', 'way', 'days', 'desk', 'why', 'vision']));
        faults.push(...same('what was typed', await page.inputValue('[name="why"]'), '会議'));
        await choose(page, 'vision', '4');
        await next(page);
        faults.push(...same('one page later', await asked(page), ['when']));
        const title = await page.locator('h1').textContent();
        if (!title.includes('みどり')) faults.push(`the title is ${title}`);
        const lead = await page.locator('.form-head .lead').textContent();
        if (!lead.includes(language === 'ja' ? '静けさ' : 'Quiet')) faults.push(`the lead is ${lead}`);
        // Back: everything is there, once
        await Promise.all([page.waitForNavigation(), page.locator('button[value="back"]').click()]);
        faults.push(...same('after going back', await asked(page), ['nickname', 'way', 'days', 'desk', 'why', 'vision']));
        faults.push(...same('fields of why', await page.locator('[name="why"]').count(), 1));
        faults.push(...page.account.errors);
        await page.context().close();
        return faults;
      });
    }

    await checks.check('a question that went away is not sent, and the one that came is judged at once', async () => {
      const page = await openPage(browser, PHONE);
      await page.goto(address('ja'));
      await choose(page, 'way', 'home');
      await page.fill('[name="days"]', '9');
      await choose(page, 'vision', '4');
      await next(page);
      const faults = same('refused', await page.locator('#faults a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), ['#q-days']);
      await choose(page, 'way', 'office');
      await next(page);
      faults.push(...same('one page later', await asked(page), ['when']));
      faults.push(...same('days sent along', await page.locator('[name="days"]').count(), 0));
      await page.context().close();
      return faults;
    });

    await checks.check('without a script the same questions come with the next page', async () => {
      const page = await openPage(browser, { ...PHONE, script: false });
      await page.goto(address('ja'));
      const faults = same('at first', await asked(page), ['nickname', 'way', 'vision']);
      await choose(page, 'way', 'home');
      await choose(page, 'vision', '4');
      await next(page);
      faults.push(...same('after the first', await asked(page), ['nickname', 'way', 'days', 'vision']));
      await page.fill('[name="days"]', '5');
      await next(page);
      faults.push(...same('after the second', await asked(page), ['nickname', 'way', 'days', 'desk', 'vision']));
      await choose(page, 'desk', 'chair');
      await next(page);
      faults.push(...same('one page later', await asked(page), ['when']));
      await page.context().close();
      return faults;
    });

    await checks.check('choices keep their order while questions come and go, and when going back', async () => {
      const page = await openPage(browser, PHONE);
      await page.goto(address('ja'));
      const order = () => page.locator('[name="desk"]').evaluateAll((boxes) => boxes.map((box) => box.value));
      await choose(page, 'way', 'home');
      await page.fill('[name="days"]', '4');
      const first = await order();
      const faults = same('the last', first.at(-1), 'none');
      await choose(page, 'vision', '4');
      await choose(page, 'desk', 'light');
      await next(page);
      await Promise.all([page.waitForNavigation(), page.locator('button[value="back"]').click()]);
      faults.push(...same('after going back', await order(), first));
      await page.context().close();
      return faults;
    });

    await checks.check('by keyboard alone: a question that comes is the next stop', async () => {
      const page = await openPage(browser, PHONE);
      await page.goto(address('en'));
      await page.focus('[name="nickname"]');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      const at = () => page.evaluate(() => document.activeElement.name);
      const faults = same('chosen', await page.locator('[name="way"]:checked').inputValue(), 'home');
      await page.keyboard.press('Tab');
      if ((await at()) === 'way_other') await page.keyboard.press('Tab');
      faults.push(...same('the next stop', await at(), 'days'));
      await page.keyboard.type('4');
      await page.keyboard.press('Tab');
      faults.push(...same('and the next', await at(), 'desk'));
      await page.context().close();
      return faults;
    });

    await checks.check('from a file, without a server, the questions come and go too', async () => {
      const page = await openPage(browser, PHONE);
      const file = join(project.root, 'output', siteOf(project), 'surveys/pulse.html');
      const built = readFileSync(file, 'utf8');
      await page.goto(pathToFileURL(file).href);
      await choose(page, 'way', 'home');
      const faults = same('at home', await asked(page), ['nickname', 'way', 'days', 'vision']);
      if (built.includes('{{')) faults.push('braces stand in the page');
      faults.push(...page.account.errors);
      await page.context().close();
      return faults;
    });

    for (const scheme of ['light', 'dark']) {
      await checks.check(`axe finds nothing in what came, ${scheme}`, async () => {
        const page = await openPage(browser, { ...PHONE, scheme });
        await page.goto(address('ja'));
        await choose(page, 'way', 'home');
        await page.fill('[name="days"]', '5');
        await choose(page, 'desk', 'quiet');
        await page.evaluate(axe);
        const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        await page.context().close();
        return [...found.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`), ...(wide > 360 ? [`${wide} px wide`] : [])];
      });
    }
  } finally {
    await project.remove();
  }
}

/** The folder of the only site. */
function siteOf(project) {
  const sites = join(project.root, 'content/sites');
  return readdirSync(sites)[0].replace(/\.yaml$/, '');
}
