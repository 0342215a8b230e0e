// The operator's desk in a browser: scripts off, by keyboard, on a phone. A round from the list to the links, a form that is only tried,
// closing a survey and opening it again.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { until } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { invite, people } from './stage/invited.mjs';
import { Project } from './stage/project.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function faults(page) {
  await page.evaluate(source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const violations = found.flatMap((one) => one.nodes.map((node) => `${one.id} (${one.impact}): ${node.target.join(' ')}\n${node.html.slice(0, 160)}`));
  return wide > 1 ? [...violations, `the page is ${wide} px too wide`] : violations;
}

const modes = [[360, 'light', 'ja'], [360, 'dark', 'en'], [1280, 'light', 'en'], [1280, 'dark', 'ja']];

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    invite(project);
    await project.serve();
    const at = (path, lang = 'ja') => new URL(`${path}?lang=${lang}`, project.url).href;
    const form = new URL('/surveys/pulse.html', project.url).href;
    const takes = async () => (await (await fetch(form)).text()).includes('<form');
    const check = async (path, [width, scheme, lang], name) => checks.check(`${name}, ${width} px, ${scheme}, ${lang}: axe, and nothing wider than the screen`, async () => {
      const page = await openPage(browser, { width, scheme });
      await page.goto(at(path, lang));
      // With everything folded open there is most to see
      for (const summary of await page.locator('main summary').all()) await summary.click();
      const found = await faults(page);
      if ((await page.locator('html').getAttribute('lang')) !== lang) found.push('another language');
      await page.context().close();
      return found;
    });
    for (const mode of modes) {
      await check('/_desk', mode, 'overview');
      await check('/_desk/surveys/pulse', mode, 'an open survey');
      await check('/_desk/surveys/staff', mode, 'before the list');
      await check('/_desk/site', mode, 'site and backups');
      await check('/_desk/cohorts', mode, 'who is due');
    }

    await checks.check('a list is pasted, mended, looked at and issued on a phone, without scripts, by keyboard', async () => {
      const page = await openPage(browser, { script: false, width: 360 });
      await page.goto(at('/_desk/surveys/staff'));
      await page.fill('#list', people(40).replace('0007\t', '0006\t'));
      await page.fill('#base', project.url.toString().replace(/\/$/, ''));
      await page.keyboard.press('Enter');
      await page.locator('[role=alert]').waitFor();
      const told = await page.locator('[role=alert]').innerText();
      const kept = await page.inputValue('#list');
      await page.fill('#list', people(40));
      await page.locator('#base').focus();
      await page.keyboard.press('Enter');
      await page.locator('button[value=issue]').focus();
      await Promise.all([page.waitForURL(/done=issued/), page.keyboard.press('Enter')]);
      const [download] = await Promise.all([page.waitForEvent('download'), page.locator('form:has(input[value="links.csv"]) button').click()]);
      const links = readFileSync(await download.path(), 'utf8');
      await page.context().close();
      return [
        ...(told.includes('9') && kept.includes('0039') ? [] : [`the fault is not told, or the list is lost: ${told}`]),
        ...(links.split('\r\n').length === 42 ? [] : [`${links.split('\r\n').length} lines of links`]),
      ];
    });
    for (const mode of modes) await check('/_desk/surveys/staff', mode, 'with links');

    await checks.check('a form is tried to its first fault in both languages, marked as a preview', async () => {
      const page = await openPage(browser, { script: false, width: 360 });
      const found = [];
      for (const path of ['/_desk/preview/surveys/staff.html', '/_desk/preview/en/surveys/staff.html']) {
        await page.goto(new URL(path, project.url).href);
        if ((await page.locator('.rehearsal').count()) !== 1) found.push(`${path} is not marked`);
        await page.locator('form#sheet button[type=submit]').last().click();
        if ((await page.locator('.rehearsal').count()) !== 1) found.push(`the answer to ${path} is not marked`);
      }
      await page.context().close();
      return found;
    });

    await checks.check('a survey is closed by keyboard, without scripts, and opened again; the form follows', async () => {
      const page = await openPage(browser, { script: false, width: 360 });
      await page.goto(at('/_desk/surveys/pulse'));
      await page.locator('.desk-acts summary').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement.tagName);
      await Promise.all([page.waitForURL(/done=closed/), page.keyboard.press('Enter')]);
      await until(async () => !(await takes()), 20, 'the form is gone');
      await page.goto(at('/_desk/surveys/pulse'));
      await Promise.all([page.waitForURL(/done=reopened/), page.locator('form[action$="/reopen"] button').click()]);
      await until(takes, 20, 'the form is back');
      await page.context().close();
      return focused === 'BUTTON' ? [] : [`the warning leads on to ${focused}`];
    });

    await checks.check('who is due is told and taken away on a phone, without scripts; a fault names its line and column', async () => {
      const page = await openPage(browser, { script: false, width: 360 });
      await page.goto(at('/_desk/cohorts', 'en'));
      const year = Number(await page.inputValue('#year'));
      const list = (born) => `id,name,joined,born\n0012,Hanako Minato,${year - 2}-04-01,${born}\n`;
      await page.fill('#list', list('6/4/1'));
      await page.locator('main form button.primary').click();
      const fault = await page.locator('[role=alert]').innerText();
      const kept = await page.inputValue('#list');
      await page.fill('#list', list('1970-12-24'));
      await page.locator('main form button.primary').click();
      await page.locator('button[value=zip]').waitFor();
      const told = await page.locator('.lead').innerText();
      const found = [];
      const [zip] = await Promise.all([page.waitForEvent('download'), page.locator('button[value=zip]').click()]);
      const bytes = readFileSync(await zip.path());
      await page.context().close();
      // The quarter is asked for with scripts on: axe is one, and would wait for ever in a page without
      const asked = await openPage(browser, { width: 360 });
      await asked.goto(at('/_desk/cohorts', 'en'));
      await asked.selectOption('#year', { label: (await asked.locator('#year option').first().textContent()).trim() });
      await asked.fill('#list', list('1970-12-24'));
      await asked.locator('main form button.primary').click();
      await asked.locator('button[value="earlier.csv"]').waitFor({ state: 'attached' });
      const quarter = await asked.locator('.lead').innerText();
      const violations = await faults(asked);
      await asked.context().close();
      if (!/quarter [1-4] of fiscal/.test(quarter)) found.push(quarter);
      found.push(...violations);
      if (!fault.includes('Line 2, “born”') || !kept.includes('6/4/1')) found.push(fault);
      if (!told.includes('1 people')) found.push(told);
      if (bytes.subarray(0, 2).toString() !== 'PK' || bytes.includes('1970-12-24')) found.push('the zip');
      return found;
    });

    await checks.check('a site is rebuilt and packed, and the answers are backed up', async () => {
      const page = await openPage(browser, { script: false });
      await page.goto(at('/_desk/site', 'en'));
      await Promise.all([page.waitForURL(/done=published/, { timeout: 30_000 }), page.locator('form[action$="/publish"] button').click()]);
      const [zip] = await Promise.all([page.waitForEvent('download'), page.locator('form[action$="/pack"] button').first().click()]);
      const bytes = readFileSync(await zip.path());
      await Promise.all([page.waitForURL(/done=copied/, { timeout: 30_000 }), page.locator('form[action$="/backup"] button').click()]);
      const told = await page.locator('[role=status]').innerText();
      await page.context().close();
      return bytes.subarray(0, 2).toString() === 'PK' && told.includes('backup') ? [] : [`${bytes.length} bytes, ${told}`];
    });
  } finally {
    await project.remove();
  }
}
