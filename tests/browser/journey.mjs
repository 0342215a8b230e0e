// The whole way of one person, by nothing but what the pages themselves offer: home, survey, personal result, measures, consultants, ten
// who fit, request, receipt; and of the coordinator: seen at the desk, confirmed, held, taken along as a calendar and a table. With
// scripts and without, in both languages; nobody but this machine is asked for anything.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { byHand } from './kinds.mjs';
import { openPage } from './stage/chromium.mjs';
import { send } from './stage/form.mjs';
import { Project } from './stage/project.mjs';
import { faults as faultsOf, request, weigh } from './talks.mjs';

const ROWS = [
  [['draw_picture', '4'], ['draw_values', '4'], ['draw_strengths', '3'], ['act_step', '2'], ['act_said', '1'], ['act_wait', '4']],
  [['meaning_link', '3'], ['meaning_shape', '3'], ['meaning_made', '3'], ['learn_new', '5'], ['learn_tried', '4'], ['learn_feedback', '4']],
];
const NAME = { ja: '港 花子', en: 'Hanako Minato' };

/** Follows a link that can be seen; one that opens beside the page is followed there. */
async function follow(page, query) {
  const link = page.locator(query).locator('visible=true').first();
  if ((await link.count()) === 0) throw new Error(`${page.url()} has no way on (${query})`);
  if ((await link.getAttribute('target')) !== '_blank') {
    await Promise.all([page.waitForEvent('load', { timeout: 30_000 }), link.click()]);
    return page;
  }
  const [beside] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await beside.waitForLoadState();
  return beside;
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const shots = process.env.SHIRUBE_SHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  try {
    await project.serve();
    const at = (path) => new URL(path, project.url).href;
    for (const [language, prefix, script, width, scheme] of [['ja', '', true, 360, 'light'], ['en', 'en/', true, 1280, 'dark'], ['ja', '', false, 768, 'dark'], ['en', 'en/', false, 360, 'light']]) {
      const kind = `${language}, ${script ? 'scripts' : 'no script'}, ${width} px, ${scheme}`;
      await checks.check(`from the home page to the calendar: ${kind}`, async () => {
        const found = [];
        // Each round asks under a name of its own: the desk keeps all of them
        const name = `${NAME[language]} ${width}`;
        const first = await openPage(browser, { width, scheme, script, locale: language === 'ja' ? 'ja-JP' : 'en-GB' });
        const asked = [];
        // Of every tab, the first one's included
        first.context().on('request', (request) => asked.push(request.url()));
        const look = async (page, shown, live = script) => {
          if (shots) await page.screenshot({ path: join(shots, `journey-${kind.replaceAll(/, ?| /g, '-')}-${shown}.png`), fullPage: true });
          // axe waits for timers, which do not run where scripts are off
          if (live) found.push(...(await faultsOf(page, shown)));
          if ((await page.locator('html').getAttribute('lang')) !== language) found.push(`${shown} is in another language`);
        };

        // Asked, answered, told
        await first.goto(at(prefix));
        // On a phone the same links are in the menu
        const menu = first.locator('header .menu summary');
        if (await menu.isVisible()) await menu.click();
        let page = await follow(first, 'header a[href$="surveys.html"]');
        page = await follow(page, 'a[href$="surveys/self-check.html"]');
        for (const rows of ROWS) {
          await byHand(page, rows);
          await send(page);
        }
        await send(page);
        await page.waitForSelector('#result');
        await look(page, '1-result');

        // What support there is, and where it begins. The result stays in its own tab
        const plan = await follow(page, '#result a[href$="plans/support.html"]');
        if (!(await page.locator('#result').isVisible())) found.push('the result is gone');
        if (script) {
          for (const [question, answer] of [['employees', 'low'], ['managers', 'wanting']]) await plan.locator(`input[name="${question}"][value="${answer}"]`).check({ force: true });
          await look(plan, '2-measures');
          page = await follow(plan, '#result .plan-way a[href$="consultants.html"]');
        } else {
          await look(plan, '2-measures');
          page = await follow(plan, '.plan-table .plan-way a[href$="consultants.html"]');
        }
        await look(page, '3-directory');

        // The ten, on the device; without a script the directory by theme
        if (script) {
          page = await follow(page, '.buttons a.primary');
          await page.selectOption('#theme', 'moves');
          await weigh(page);
          const before = asked.length;
          await page.locator('#find').click();
          if ((await page.locator('#list > li').count()) !== 10) found.push('not ten candidates');
          const left = asked.slice(before).filter((url) => !/\/_live$|\/mark\.svg$/.test(url));
          if (left.length > 0) found.push(`choosing asks for ${left}`);
          await look(page, '4-ten');
          page = await follow(page, '#list > li:nth-child(2) .ways a[href$="nominate.html#theme=moves"], #list > li:nth-child(2) .ways a[href*="nominate.html"]');
        } else {
          await page.locator('.theme-index summary').first().click();
          page = await follow(page, '.theme-index .names a');
          await look(page, '4-profile');
          page = await follow(page, 'a.button.primary');
        }
        await request(page, name);
        await page.locator('#send').click();
        await page.locator('button[value=send]').click();
        await page.locator('.code-shown').waitFor();
        await look(page, '5-receipt');

        // The coordinator: from the desk's first page, without a script
        const desk = await openPage(browser, { width, scheme, script: false });
        await desk.goto(at(`_desk?lang=${language}`));
        await follow(desk, 'main a[href*="_desk/talks"]');
        const mine = desk.locator('.desk-talks > li').filter({ hasText: name });
        if ((await mine.count()) !== 1) found.push(`${await mine.count()} requests at the desk`);
        await mine.locator('form[action$="/talks/stage"] button').first().click();
        await mine.locator('mark').waitFor();
        const [ics] = await Promise.all([desk.waitForEvent('download'), desk.locator('.desk-acts form[action$="/talks/ics"] button').first().click()]);
        const calendar = readFileSync(await ics.path(), 'utf8');
        if (!/BEGIN:VEVENT[\s\S]*STATUS:CONFIRMED/.test(calendar)) found.push(`the calendar: ${calendar}`);
        if (/港|Minato|内線/.test(calendar)) found.push('the calendar names the person');
        const before = await mine.locator('.plate').first().innerText().catch(() => '');
        await mine.locator('form[action$="/talks/stage"]:has(input[value=held]) button').first().click();
        await desk.waitForLoadState();
        const after = await mine.locator('.plate').first().innerText();
        if (after === before) found.push(`still ${before} after it was held`);
        const [csv] = await Promise.all([desk.waitForEvent('download'), desk.locator('form[action$="/talks/csv"] button').first().click()]);
        const table = readFileSync(await csv.path(), 'utf8');
        if (!table.includes(name) || !table.includes(after)) found.push(`the table: ${table}`);
        await look(desk, '6-desk', false);

        const away = [...asked, ...desk.account.requests].filter((url) => !/^(http:\/\/(127\.0\.0\.1|localhost):|data:|blob:|about:)/.test(url));
        if (away.length > 0) found.push(`asked for ${[...new Set(away)]}`);
        found.push(...[...first.account.errors, ...desk.account.errors].filter((error) => !/422/.test(error)));
        await first.context().close();
        await desk.context().close();
        return found;
      });
    }
  } finally {
    await project.remove();
  }
}
