// From a survey to a talk: answered, ten who fit found on the device, one nominated, seen on the desk, taken along as a calendar, erased.
// With scripts and, as far as the pages promise, without; from a folder; by keyboard; in both languages; axe and nothing wider than 360 px.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { openPage } from './stage/chromium.mjs';
import { answer } from './stage/form.mjs';
import { Project } from './stage/project.mjs';

const wide = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
/** The first day from then on that a time of the week fits: the pool says weekdays and weekends. */
export function ahead(days, times = '') {
  const weekend = /土曜|Saturday/.test(times);
  for (let at = days; ; at += 1) {
    const day = new Date(Date.now() + at * 86_400_000);
    if ([0, 6].includes(day.getUTCDay()) === weekend) return day.toISOString().slice(0, 10);
  }
}
export async function faults(page, name) {
  const over = await wide(page);
  return [...(await violations(page)).map((fault) => `${name}: ${fault}`), ...(over > 1 ? [`${name}: ${over} px too wide`] : [])];
}

/** Weighs the values: the first two above the rest. */
export async function weigh(page) {
  const names = await page.locator('#match input[type=radio]').evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
  for (const [at, name] of names.entries()) await page.locator(`input[name="${name}"][value="${at < 4 ? 5 : 2 + (at % 2)}"]`).check({ force: true });
}

/** Fills the form of a request; the first field that fits each. */
export async function request(page, name) {
  if (!(await page.inputValue('#theme'))) await page.selectOption('#theme', { index: 1 });
  if ((await page.locator('#language').count()) > 0) await page.selectOption('#language', { index: 1 });
  const times = await page.locator('#hours1 option').nth(1).innerText();
  for (const wish of [1, 2]) {
    await page.fill(`#day${wish}`, ahead(wish * 8, times));
    await page.selectOption(`#hours${wish}`, { index: 1 });
  }
  const first = ahead(8, times);
  await page.fill('#hope', 'ゆっくり話したい\n<b>x</b>');
  await page.fill('#name', name);
  await page.fill('#contact', '内線 12');
  return first;
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const shots = process.env.SHIRUBE_SHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  const shoot = async (page, name) => { if (shots) await page.screenshot({ path: join(shots, `talks-${name}.png`), fullPage: true }); };
  try {
    await project.serve();
    const at = (path) => new URL(path, project.url).href;
    for (const [language, prefix, width, scheme] of [['ja', '', 360, 'light'], ['en', 'en/', 1280, 'dark']]) {
      await checks.check(`the journey, ${language}, ${width} px, ${scheme}: survey, ten, one, desk, calendar, erased`, async () => {
        const found = [];
        const page = await openPage(browser, { width, scheme });
        await answer(page, at(`${prefix}surveys/field-need.html`));
        // To the ten, by the directory
        await page.goto(at(`${prefix}consultants.html`));
        found.push(...(await faults(page, 'directory')));
        await shoot(page, `directory-${language}-${width}-${scheme}`);
        const all = await page.locator('#people > li:visible').count();
        await page.selectOption('select[name=language]', 'en');
        const fewer = await page.locator('#people > li:visible').count();
        if (!(fewer > 0 && fewer < all) || !(await page.locator('#count').innerText()).includes(String(fewer))) found.push(`the filter shows ${fewer} of ${all}`);
        await page.locator('.buttons a.primary').click();
        await page.waitForLoadState();
        const before = page.account.requests.length;
        await page.selectOption('#theme', 'moves');
        await page.locator('input[name=hours][value=evening]').check({ force: true });
        await weigh(page);
        await page.locator('#find').focus();
        await page.keyboard.press('Enter');
        const ten = await page.locator('#list > li').count();
        if (ten !== 10) found.push(`${ten} candidates instead of ten`);
        const reasons = await page.locator('#list > li').evaluateAll((all) => all.map((one) => one.querySelectorAll('li').length));
        if (!reasons.every((count) => count >= 1)) found.push(`candidates without reasons: ${reasons}`);
        if (!(await page.evaluate(() => document.activeElement.id === 'found'))) found.push('the ten do not get the focus');
        // The operator's browser asks whether there is something newer; nothing else may leave
        const asked = page.account.requests.slice(before).filter((url) => !/\/_live$|\/mark\.svg$/.test(url));
        if (asked.length > 0) found.push(`asked for ${asked}`);
        found.push(...(await faults(page, 'ten')));
        await shoot(page, `ten-${language}-${width}-${scheme}`);
        const names = await page.locator('#list h3').allInnerTexts();
        // A profile and back costs no answer
        await page.locator('#list .ways a').first().click();
        await page.waitForURL(/consultants\/[a-z]+\.html$/);
        found.push(...(await faults(page, 'profile')));
        await shoot(page, `profile-${language}-${width}-${scheme}`);
        await page.goBack();
        if ((await page.locator('#list h3').allInnerTexts()).join() !== names.join()) found.push('coming back shows another ten');
        await page.locator('#list .ways a').nth(1).click();
        await page.waitForURL(/nominate\.html#theme=moves$/);
        if ((await page.inputValue('#theme')) !== 'moves') found.push('the theme did not come along');
        found.push(...(await faults(page, 'request')));
        // Slips are said, then it is right
        await page.locator('#send').click();
        await page.locator('.faults a').first().waitFor();
        found.push(...(await faults(page, 'request with slips')));
        await shoot(page, `slips-${language}-${width}-${scheme}`);
        await request(page, language === 'ja' ? '港 花子' : 'Hanako Minato');
        await page.locator('#send').click();
        await page.locator('button[value=send]').waitFor();
        found.push(...(await faults(page, 'review')));
        await shoot(page, `review-${language}-${width}-${scheme}`);
        // The other language keeps what was typed, and so does the way back
        await page.locator('button[value=send]').dblclick();
        await page.locator('.code-shown').waitFor();
        found.push(...(await faults(page, 'receipt')));
        await shoot(page, `receipt-${language}-${width}-${scheme}`);
        const code = (await page.locator('.code-shown').innerText()).trim();
        const desk = await openPage(browser, { width, scheme, script: false });
        await desk.goto(at(`_desk/talks?lang=${language}`));
        if ((await desk.locator('.desk-talks > li').count()) !== 1) found.push('the desk does not show one request');
        const told = await desk.locator('.desk-talks').innerText();
        for (const words of [language === 'ja' ? '港 花子' : 'Hanako Minato', '<b>x</b>', '内線 12']) if (!told.includes(words)) found.push(`the desk does not say ${words}`);
        await shoot(desk, `desk-${language}-${width}-${scheme}`);
        await desk.locator('form[action$="/talks/stage"] button').first().click();
        await desk.locator('mark').waitFor();
        const [download] = await Promise.all([desk.waitForEvent('download'), desk.locator('form[action$="/talks/ics"] button').first().click()]);
        const calendar = readFileSync(await download.path(), 'utf8');
        if (!/BEGIN:VEVENT[\s\S]*STATUS:CONFIRMED/.test(calendar) || calendar.includes('港') || calendar.includes('Minato')) found.push(`the calendar: ${calendar}`);
        await page.goto(at(`${prefix}consultants/erase.html`));
        await page.fill('#code', code);
        await page.locator('form button').click();
        await page.waitForLoadState();
        await desk.reload();
        if ((await desk.locator('.desk-talks > li').count()) !== 0) found.push('it is still on the desk');
        if (page.account.errors.length > 0) found.push(...page.account.errors.filter((error) => !/422/.test(error)));
        await page.context().close();
        await desk.context().close();
        return found;
      });
    }

    await checks.check('without scripts: by theme, profile, request, receipt; how to choose on paper', async () => {
      const found = [];
      const page = await openPage(browser, { script: false, width: 360 });
      await page.goto(at('consultants/find.html'));
      if (!(await page.locator('noscript ol li, .note-box ol li').count())) found.push('nothing on paper');
      if (await page.locator('#find:visible').count()) found.push('a button that does nothing');
      await page.goto(at('consultants.html'));
      if (await page.locator('#filters:visible').count()) found.push('a filter that does nothing');
      await page.locator('.theme-index summary').first().click();
      await page.locator('.theme-index .names a:visible').first().click();
      await page.locator('a.button.primary').click();
      await request(page, '港 一');
      await page.locator('#send').click();
      await page.locator('button[value=back]').click();
      if ((await page.inputValue('#name')) !== '港 一') found.push('the way back loses what was typed');
      await page.locator('#send').click();
      await page.locator('button[value=send]').click();
      if (!(await page.locator('.code-shown').count())) found.push('no receipt');
      await page.context().close();
      return found;
    });

    await checks.check('from a folder: ten are found, nothing is kept, a request is saved as a file', async () => {
      const found = [];
      execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
      const folder = join(project.root, 'output/career-autonomy');
      const page = await openPage(browser, { offline: true });
      await page.goto(pathToFileURL(join(folder, 'consultants/find.html')).href);
      await weigh(page);
      await page.locator('#find').click();
      if ((await page.locator('#list > li').count()) !== 10) found.push('no ten');
      if (await page.evaluate(() => sessionStorage.length + localStorage.length)) found.push('something is kept');
      await page.locator('#list .ways a').nth(1).click();
      await page.waitForURL(/nominate\.html/);
      if (await page.locator('#send:visible').count()) found.push('a button that cannot send');
      const first = await request(page, '港 二');
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('#save').click()]);
      const text = readFileSync(await download.path(), 'utf8');
      for (const words of ['港 二', '内線 12', first]) if (!text.includes(words)) found.push(`the file does not say ${words}: ${text}`);
      await page.context().close();
      return found;
    });
  } finally {
    await project.remove();
  }
}
