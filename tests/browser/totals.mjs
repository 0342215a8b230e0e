// Totals of a class: a sheet filled in by keyboard, carried over to the form of its survey behind the «#» of an address, looked at,
// changed and sent there; nothing reaches anybody before; totals from k people on; addresses made by somebody else.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { checkKept } from './nu.mjs';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';
import { byKeyboard, settled } from './worksheets.mjs';

const WORK = ['growth', 'freedom', 'people', 'use', 'pay', 'time', 'safe', 'known'];
/** Every pair, the first of the list always chosen: 7, 6, 5 … times. */
const inOrder = Object.fromEntries(WORK.flatMap((one, at) => WORK.slice(at + 1).map((other) => [`pairs.${one}.${other}`, one])));

// Each sheet: its survey and question, what is filled in, what must be carried over.
const SHEETS = {
  'mission-statement/values-cards': { survey: 'class-values', question: 'values', fill: { choose: { 'top.1.card': 'v3', 'top.2.card': 'v1', 'top.3.card': 'v3' } }, gives: ['v1', 'v3'] },
  'strengths/strength-cards': { survey: 'class-strengths', question: 'strengths', fill: { tick: ['words.w1.own', 'words.w3.own'], type: { 'words.w2.others': '4' } }, gives: ['w1', 'w3'] },
  'mission-statement/work-values': { survey: 'class-work-values', question: 'highest', fill: { radio: inOrder }, gives: ['freedom', 'growth', 'people'] },
};

// Addresses that somebody made up: what is taken of them.
const HOSTILE = [
  ['#fill=values:v1,v2', ['v1', 'v2'], /2/],
  ['#fill=values:v1,v1,v99,<b>', [], /写せる答え/],
  ['#fill=values:v1,v99', ['v1'], /1/],
  ['#fill=values:v1,v2,v3,v4,v5,v6', [], /写せる答え/],
  ['#fill=values:v1;values:v2', ['v1'], /1/],
  ['#fill=_go:send;_sheet:x;values:v4', ['v4'], /1/],
  ['#fill=__proto__:v1;constructor:v1;toString:v1', [], /写せる答え/],
  ['#fill=values:%3Cimg src=x onerror=alert(1)%3E', [], /写せる答え/],
  ['#fill=', [], /写せる答え/],
  [`#fill=values:${'v1,'.repeat(3000)}`, [], /写せる答え/],
];

/** Presses the button that fills in, by keyboard; gives what it showed before. */
async function put(page) {
  await page.locator('#fill-put').waitFor();
  const offered = await page.locator('#filled').innerText();
  await page.locator('#fill-put').focus();
  await page.keyboard.press('Enter');
  await page.locator('#fill-put').waitFor({ state: 'detached' });
  return offered;
}

const path = (sheet, language) => `${language === 'en' ? 'en/' : ''}modules/${sheet.replace('/', '/worksheets/')}.html`;
const chosen = (page) => page.locator('#sheet input:checked').evaluateAll((all) => all.map((one) => one.value).sort());
const kept = (page) => page.evaluate(() => Object.keys(localStorage).concat(Object.keys(sessionStorage)).filter((name) => !name.startsWith('shirube-worksheet:')));

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const shots = process.env.SHIRUBE_SHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  const html = new Map();
  try {
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    const output = join(project.root, 'output', readdirSync(join(project.root, 'output')).find((name) => name !== '.gitignore'));

    await checks.check('from a folder the page says why there is no button, and shows what would be carried over', async () => {
      const faults = [];
      for (const language of ['ja', 'en']) {
        const page = await openPage(browser, { width: 360, offline: true });
        page.setDefaultTimeout(30_000);
        await page.goto(pathToFileURL(join(output, path('strengths/strength-cards', language))).href);
        await byKeyboard(page, SHEETS['strengths/strength-cards'].fill);
        if (await page.locator('#totals-link').isVisible()) faults.push(`${language}: a button that leads nowhere`);
        if (!(await page.locator('.w-nowhere').isVisible())) faults.push(`${language}: nothing says why`);
        if (!/変化に気づく.*抜けを見つける|Spotting change.*Seeing the gap/.test(await page.locator('[data-totals]').innerText())) faults.push(`${language}: ${await page.locator('[data-totals]').innerText()}`);
        await page.emulateMedia({ media: 'print' });
        if (!(await page.locator('[data-totals]').isVisible())) faults.push(`${language}: paper does not show the answers to carry over`);
        faults.push(...page.account.errors);
        await page.context().close();
      }
      return faults;
    });

    await project.serve();
    const at = (where) => new URL(where, project.url).href;
    for (const [sheet, known] of Object.entries(SHEETS)) {
      for (const [language, width, scheme] of [['ja', 360, 'light'], ['en', 1280, 'dark']]) {
        await checks.check(`${sheet}: filled in by keyboard, carried over, changed, sent: ${language}`, async () => {
          const faults = [];
          const page = await openPage(browser, { width, scheme, locale: language === 'ja' ? 'ja-JP' : 'en-GB' });
          const bodies = [];
          page.on('request', (request) => bodies.push(`${request.method()} ${request.url()} ${request.headers().referer ?? ''} ${request.postData() ?? ''}`));
          const look = async (name) => {
            (await violations(page)).forEach((fault) => faults.push(`${name}: ${fault}`));
            const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            if (over > 0) faults.push(`${name}: ${over} px too wide`);
            html.set(`${sheet} ${name} ${language}`, await page.content());
            if (shots) await page.screenshot({ path: join(shots, `totals-${sheet.replace('/', '-')}-${name}-${language}.png`), fullPage: true });
          };
          await page.goto(at(path(sheet, language)));
          if (await page.locator('#totals-link').isVisible()) faults.push('a button before there is anything to carry over');
          await byKeyboard(page, known.fill);
          await settled(page);
          await look('sheet');
          await page.locator('#totals-link').focus();
          await Promise.all([page.waitForURL(/surveys\//), page.keyboard.press('Enter')]);
          await page.locator('#filled').waitFor();
          // Nothing is filled in before the person has seen it and presses the button
          if ((await chosen(page)).length > 0) faults.push(`filled in without asking: ${await chosen(page)}`);
          if (page.url().includes('#')) faults.push('the values stay in the address');
          if (!(await page.locator('#filled').evaluate((one) => one === document.activeElement))) faults.push('whoever listens is not told of the offer');
          const words = await page.locator('#sheet input').evaluateAll((all, gives) => all.filter((one) => gives.includes(one.value)).map((one) => one.labels[0].innerText.trim()), known.gives);
          await look('offer');
          const offered = await put(page);
          if (words.length !== known.gives.length || !words.every((one) => offered.includes(one))) faults.push(`${words} is not shown before: ${offered}`);
          if (!/自分のワークシートから開いたのでなければ|did not come here from a worksheet of your own/.test(offered)) faults.push('nothing warns of links by others');
          if ((await chosen(page)).join() !== known.gives.join()) faults.push(`filled in: ${await chosen(page)}`);
          if (!(await page.locator('#filled').evaluate((one) => one === document.activeElement))) faults.push('whoever listens is not told');
          if (!/まだ何も送っていません|Nothing has been sent yet/.test(await page.locator('#filled').innerText())) faults.push(await page.locator('#filled').innerText());
          (await kept(page)).forEach((name) => faults.push(`kept in the browser: ${name}`));
          await look('form');
          if (bodies.some((one) => one.startsWith('POST') || known.gives.some((value) => one.includes(`:${value}`) || one.includes(`=${value}`)))) faults.push(`sent before anything was sent: ${bodies}`);
          // Changed by hand, then sent by the form's own button
          await page.locator(`input[name="${known.question}"][value="${known.gives[0]}"]`).uncheck({ force: true });
          await Promise.all([page.waitForEvent('load'), page.locator('button[value="next"]').last().click()]);
          await page.locator('.review').first().waitFor();
          if (await page.locator('#filled').count()) faults.push('the next page fills in again');
          await Promise.all([page.waitForURL(/thanks/), page.locator('button[value="send"]').click()]);
          faults.push(...page.account.errors);
          await page.context().close();
          return faults;
        });
      }
    }

    await checks.check('totals are told from five people on', async () => {
      const faults = [];
      const page = await openPage(browser, {});
      const told = async () => {
        await page.goto(at('reports/class-values.html'));
        return page.locator('main').innerText();
      };
      const before = await told();
      // Two were sent above
      for (let sent = 3; sent <= 5; sent += 1) {
        if ((await told()) !== before) faults.push(`told after ${sent - 1}`);
        await page.goto(at('surveys/class-values.html#fill=values:v1,v7'));
        await put(page);
        await Promise.all([page.waitForEvent('load'), page.locator('button[value="next"]').last().click()]);
        await Promise.all([page.waitForURL(/thanks/), page.locator('button[value="send"]').click()]);
      }
      for (let tries = 0; tries < 60 && (await told()) === before; tries += 1) await page.waitForTimeout(250);
      if ((await told()) === before) faults.push('five tell nothing');
      if (shots) await page.screenshot({ path: join(shots, 'totals-report.png'), fullPage: true });
      await page.context().close();
      return faults;
    });

    await checks.check('of an address that somebody made up, only what a worksheet can give is taken; nothing is sent', async () => {
      const faults = [];
      const page = await openPage(browser, {});
      page.on('request', (request) => { if (request.method() !== 'GET') faults.push(`sent: ${request.url()}`); });
      page.on('dialog', (dialog) => { faults.push(`a script ran: ${dialog.message()}`); dialog.dismiss(); });
      for (const [fragment, taken, says] of HOSTILE) {
        await page.goto('about:blank');
        await page.goto(at('surveys/class-values.html') + fragment);
        await page.locator('#filled').waitFor();
        const name = fragment.slice(0, 60);
        if ((await chosen(page)).length > 0) faults.push(`${name}: took ${await chosen(page)} without asking`);
        if ((await page.locator('#fill-put').count()) !== (taken.length > 0 ? 1 : 0)) faults.push(`${name}: ${taken.length > 0 ? 'nothing is offered' : 'a button that fills in nothing'}`);
        if (taken.length > 0) await put(page);
        if ((await chosen(page)).join() !== taken.join()) faults.push(`${name}: took ${await chosen(page)}`);
        if (!says.test(await page.locator('#filled').innerText())) faults.push(`${name}: says ${await page.locator('#filled').innerText()}`);
        if (page.url().includes('#')) faults.push(`${name} stays in the address`);
        if (await page.locator('#filled img, #filled b').count()) faults.push(`${name}: markup in the page`);
      }
      // What a person chose is never changed
      await page.goto('about:blank');
      await page.goto(at('surveys/class-values.html'));
      if (await page.locator('#filled').isVisible()) faults.push('something is told where nothing was given');
      await page.locator('input[value="v9"]').check({ force: true });
      await page.evaluate(() => { location.hash = '#fill=values:v1'; });
      await page.locator('#filled').waitFor();
      if ((await chosen(page)).join() !== 'v9') faults.push(`changed to ${await chosen(page)}`);
      // A form that no worksheet leads to takes nothing
      await page.goto(at('surveys/pulse.html#fill=vision:5'));
      if ((await chosen(page)).length > 0) faults.push('a form that no worksheet leads to was filled in');
      faults.push(...page.account.errors);
      await page.context().close();
      return faults;
    });

    await checks.check('an address with values is in no history, and a person who says no has nothing filled in', async () => {
      const faults = [];
      for (const language of ['ja', 'en']) {
        const page = await openPage(browser, { width: 360 });
        const form = at(`${language === 'en' ? 'en/' : ''}surveys/class-values.html`);
        const bare = async (when) => {
          if (page.url() !== form) faults.push(`${language}, ${when}: ${page.url()}`);
          if ((await page.evaluate(() => location.hash)) !== '') faults.push(`${language}, ${when}: the values are back`);
          if ((await chosen(page)).length > 0) faults.push(`${language}, ${when}: filled in`);
        };
        await page.goto(at('surveys/pulse.html'));
        const before = await page.evaluate(() => history.length);
        await page.goto(`${form}#fill=values:v1,v7`);
        await page.locator('#fill-leave').waitFor();
        await bare('loaded');
        if ((await page.evaluate(() => history.length)) !== before + 1) faults.push(`${language}: an entry of its own for the values`);
        await page.locator('#fill-leave').focus();
        await page.keyboard.press('Space');
        if (!/何も入れていません|Nothing was filled in/.test(await page.locator('#filled').innerText())) faults.push(`${language}: ${await page.locator('#filled').innerText()}`);
        await bare('declined');
        await page.goto(at('surveys/pulse.html'));
        await page.goBack();
        await bare('gone back');
        if (await page.locator('#fill-put').isVisible()) faults.push(`${language}: going back offers it again`);
        await page.goBack();
        await page.goForward();
        await bare('gone forward');
        await page.reload();
        await bare('loaded again');
        if (await page.locator('#filled').isVisible()) faults.push(`${language}: loading again offers it again`);
        // In a page that is open already
        await page.evaluate(() => { location.hash = '#fill=values:v2'; });
        await page.locator('#fill-put').waitFor();
        await bare('in an open page');
        await page.evaluate(() => { location.hash = '#fill=values:v3'; });
        await page.waitForTimeout(100);
        await put(page);
        if ((await chosen(page)).join() !== 'v3') faults.push(`${language}: of two offers the later one counts, not ${await chosen(page)}`);
        faults.push(...page.account.errors);
        await page.context().close();
      }
      return faults;
    });

    await checks.check('without a script the page says how it is done by hand', async () => {
      const faults = [];
      for (const language of ['ja', 'en']) {
        const page = await openPage(browser, { script: false, width: 360 });
        await page.goto(at(path('mission-statement/values-cards', language)));
        if (!/手で選んで|by hand/.test(await page.locator('.w-totals').innerText())) faults.push(`${language}: nothing says how`);
        await Promise.all([page.waitForURL(/surveys\//), page.locator('#totals-link').click()]);
        if (await page.locator('#filled').isVisible()) faults.push(`${language}: an empty line is seen`);
        await page.context().close();
      }
      return faults;
    });

    await checkKept(checks, html);
  } finally {
    await project.remove();
  }
}
