// What stands before the first question, and what comes when a quota is full: without scripts on a phone, by keyboard alone, in both
// languages; no page has faults that axe or the Nu checker know, nothing is wider than the screen.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './axe.mjs';
import { until } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { send, summary } from './stage/form.mjs';
import { checkKept } from './nu.mjs';
import { Project, repository } from './stage/project.mjs';

/** Presses Tab until the focus stands on what the selector names. */
async function tabTo(page, selector) {
  for (let guard = 0; guard < 120; guard += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${selector}`);
}

const heading = (page) => page.locator('main h1').innerText();

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const shots = process.env.SHIRUBE_SHOTS;
  const html = new Map();
  try {
    cpSync(join(repository, 'tests/terms/meeting.yaml'), join(project.root, 'content/surveys/meeting.yaml'));
    const site = join(project.root, 'content/sites/career-autonomy.yaml');
    writeFileSync(site, readFileSync(site, 'utf8').replace('surveys: [', 'surveys: [meeting, '));
    await project.serve();
    const address = { ja: new URL('/surveys/meeting.html', project.url).href, en: new URL('/en/surveys/meeting.html', project.url).href };

    /** Looks at a page: faults of its own, its width, its picture. */
    const look = async (page, name, faults, { width, scheme, language, script }) => {
      const own = `${name}, ${language}, ${width}, ${scheme}, scripts ${script ? 'on' : 'off'}`;
      html.set(own, await page.content());
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) faults.push(`${own}: ${wide} px wider than the window`);
      // axe needs scripts to run
      if (script) faults.push(...(await violations(page)).map((fault) => `${own}: ${fault}`));
      if (shots) {
        mkdirSync(shots, { recursive: true });
        await page.screenshot({ path: join(shots, `${name.replaceAll(' ', '-')}-${language}-${width}-${scheme}${script ? '' : '-noscript'}.png`), fullPage: true });
      }
    };

    const modes = [
      { language: 'ja', width: 360, scheme: 'light', script: false },
      { language: 'ja', width: 360, scheme: 'dark', script: true },
      { language: 'en', width: 360, scheme: 'light', script: true },
      { language: 'ja', width: 768, scheme: 'light', script: true },
      { language: 'en', width: 1280, scheme: 'dark', script: true },
      { language: 'ja', width: 1280, scheme: 'light', script: true },
    ];
    for (const mode of modes) {
      const { language, width, scheme, script } = mode;
      await checks.check(`asked, refused, mended, shown back, left: ${language}, ${width} px, ${scheme}, scripts ${script ? 'on' : 'off'}`, async () => {
        const page = await openPage(browser, { width, scheme, script });
        const faults = [];
        await page.goto(address[language]);
        await look(page, 'first page', faults, mode);
        await page.locator('[name="own_code"]').fill('さく');
        await send(page);
        const named = (await summary(page)).map(({ href }) => href).join(' ');
        if (named !== '#q-consent #q-own_code #q-way') faults.push(`the summary names ${named}`);
        await look(page, 'refused', faults, mode);
        // A link of the summary leads to what it names
        await page.locator('[role="alert"] a[href="#q-own_code"]').click();
        if (!page.url().endsWith('#q-own_code')) faults.push(`the link leads to ${page.url()}`);
        await page.locator('label:has([name="consent"])').click();
        await page.locator('[name="own_code"]').fill('さく－０７ み');
        await page.locator('[name="way"][value="hall"]').check({ force: true });
        await send(page);
        if ((await summary(page)).length > 0) faults.push('the mended page was refused');
        await page.locator('[name="ahead"][value="4"]').check({ force: true });
        await send(page);
        const review = await page.locator('dl.review').innerText();
        if (!review.includes('さく07み')) faults.push(`the code is not shown back: ${review}`);
        await look(page, 'review', faults, mode);
        // Back to the first page: all stands as it was
        await Promise.all([page.waitForNavigation(), page.locator('button[value="page:way"]').first().click()]);
        if (!(await page.locator('[name="consent"]').isChecked())) faults.push('the box lost its tick');
        if ((await page.locator('[name="own_code"]').inputValue()) !== 'さく－０７ み') faults.push('the code was lost');
        await Promise.all([page.waitForNavigation(), page.locator('button[value="leave"]').click()]);
        if (!/同意なし|without agreeing/.test(await heading(page))) faults.push(`leaving led to «${await heading(page)}»`);
        await look(page, 'left', faults, mode);
        faults.push(...page.account.errors.filter((error) => !/422/.test(error)));
        await page.context().close();
        return faults;
      });
    }

    await checks.check('by keyboard alone, 360 px: the enter key in the code goes on and never leaves', async () => {
      const page = await openPage(browser, { width: 360 });
      await page.goto(address.ja);
      await tabTo(page, '[name="consent"]');
      await page.keyboard.press('Space');
      await tabTo(page, '[name="way"]');
      await page.keyboard.press('Space');
      await page.locator('[name="own_code"]').focus();
      await page.keyboard.type('さく07み');
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
      const faults = [];
      const at = async () => `${await page.locator('html').getAttribute('lang')} ${await page.locator('[name="_page"]').inputValue()}`;
      if ((await at()) !== 'ja now') faults.push(`the enter key led to ${await at()}`);
      await tabTo(page, '[name="ahead"]');
      await page.keyboard.press('Space');
      await tabTo(page, '.button.primary');
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
      if (!(await page.locator('dl.review').innerText()).includes('さく07み')) faults.push('no review');
      await page.context().close();
      return faults;
    });

    await checks.check('three online, and the quota is full: the next one reads so after the first page', async () => {
      const faults = [];
      for (const code of ['あい11う', 'かき22く', 'さし33す']) {
        const page = await openPage(browser, { width: 360, script: false });
        await page.goto(address.ja);
        await page.locator('label:has([name="consent"])').click();
        await page.locator('[name="own_code"]').fill(code);
        await page.locator('[name="way"][value="online"]').check({ force: true });
        await send(page);
        await page.locator('[name="ahead"][value="3"]').check({ force: true });
        await send(page);
        await send(page);
        if (!(await page.locator('main').innerText()).includes('ありがとう')) faults.push(`${code} was not taken`);
        await page.context().close();
      }
      const status = () => JSON.parse(execFileSync(binary, ['status', '--root', project.root, '--format', 'json'], { stdio: 'pipe' }).toString()).find((row) => row.survey === 'meeting');
      await until(() => status().quotas.online.full, 30, 'the quota is full');
      for (const mode of modes) {
        const page = await openPage(browser, { width: mode.width, scheme: mode.scheme, script: mode.script });
        await page.goto(address[mode.language]);
        await page.locator('label:has([name="consent"])').click();
        await page.locator('[name="own_code"]').fill('たち44つ');
        await page.locator('[name="way"][value="online"]').check({ force: true });
        await send(page);
        const text = await page.locator('main').innerText();
        if (!/会場の席は、まだあります|still room in the hall/.test(text)) faults.push(`no words of the author: ${text}`);
        if (!/何も保存していません|Nothing that was entered/.test(text)) faults.push(`not a word of what is kept: ${text}`);
        await look(page, 'quota full', faults, mode);
        await page.context().close();
      }
      const page = await openPage(browser, { width: 1280 });
      await page.goto(new URL('/_desk/surveys/meeting', project.url).href);
      const own = await page.locator('main').innerText();
      if (!own.includes('オンラインで来る人：定員の3人に達しました')) faults.push(`the desk says ${own}`);
      faults.push(...(await violations(page)).map((fault) => `the desk: ${fault}`));
      if (shots) await page.screenshot({ path: join(shots, 'desk.png'), fullPage: true });
      await page.context().close();
      return faults;
    });

    await checkKept(checks, html, 25);
  } finally {
    await project.remove();
  }
}
