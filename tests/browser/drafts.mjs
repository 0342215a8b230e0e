// «Save and go on later» and taking an answer back, as a person with two devices lives it: scripts off, a phone's width.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { openPage } from './stage/chromium.mjs';
import { answer, fill, lost } from './stage/form.mjs';
import { Project } from './stage/project.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const FORM = 'surveys/consultation-intake.html';
const PHONE = { script: false, width: 360, height: 740 };
const DESK = { script: false, width: 1280, height: 900 };

/** What axe finds, and whether the page is wider than its window. Axe needs scripts, so it looks at the same bytes in a page that has them. */
async function faults(page, name) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const html = await page.content();
  const { width, height } = page.viewportSize();
  const looked = await openPage(page.context().browser(), { width, height });
  try {
    await looked.route(page.url(), (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await looked.goto(page.url());
    await looked.evaluate(source);
    const found = await looked.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations));
    const all = found.flatMap((one) => one.nodes.map((node) => `${name}: ${one.id} (${one.impact}): ${node.target.join(' ')}`));
    return wide > 1 ? [...all, `${name}: ${wide} px too wide`] : all;
  } finally {
    await looked.context().close();
  }
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    await project.serve();
    const form = new URL(FORM, project.url).href;
    const press = async (page, go) => {
      await page.locator(`#sheet button[name="_go"][value="${go}"]`).first().click();
      await page.waitForLoadState('load');
    };
    const code = (page) => page.locator('.code-shown').textContent();
    let first;
    let kept;
    let entered;

    await checks.check('a phone without scripts puts the sheet aside and reads its code', async () => {
      const phone = await openPage(browser, PHONE);
      const found = [];
      await phone.goto(form);
      entered = await fill(phone);
      await press(phone, 'save');
      kept = (await code(phone)).trim();
      first = phone;
      if (!/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/.test(kept)) found.push(`the code is «${kept}»`);
      if (phone.url().includes(kept.replaceAll('-', ''))) found.push('the code stands in the address');
      found.push(...(await faults(phone, 'saved')));
      await phone.emulateMedia({ media: 'print' });
      if (!(await phone.locator('.code-shown').isVisible())) found.push('the code is not printed');
      if (await phone.locator('#sheet button').first().isVisible()) found.push('buttons are printed');
      await phone.emulateMedia({ media: null });
      return found;
    });

    await checks.check('go on at once: everything stands where it stood', async () => {
      await press(first, 'stay');
      return lost(first, entered);
    });

    for (const [language, prefix] of [['ja', ''], ['en', 'en/']]) {
      await checks.check(`another device, no scripts, ${language}: a slip is pointed at, the code opens the sheet`, async () => {
        const page = await openPage(browser, language === 'ja' ? DESK : PHONE);
        const found = [];
        await page.goto(new URL(prefix + FORM, project.url).href);
        await page.locator('.form-head a[href$="resume.html"]').click();
        await page.waitForLoadState('load');
        found.push(...(await faults(page, 'resume')));
        const slip = kept.replace(/.$/, (last) => (last === 'Q' ? 'R' : 'Q'));
        await page.fill('#code', slip.toLowerCase());
        await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
        const told = await page.locator('#code-complaint').textContent();
        if (!/7番目の組の4文字目|character 4 of group 7/.test(told)) found.push(`a slip in the last character is told as «${told}»`);
        if ((await page.inputValue('#code')) !== slip.toLowerCase()) found.push('what was typed is gone');
        found.push(...(await faults(page, 'slip')));
        await page.fill('#code', kept.toLowerCase());
        await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
        found.push(...(await lost(page, entered)), ...(await faults(page, 'opened again')));
        if (!(await page.locator('#notice').isVisible())) found.push('nothing is said above the form');
        await page.context().close();
        return found;
      });
    }

    await checks.check('a link from a camera: the code leaves the address bar, a button opens the sheet', async () => {
      const page = await openPage(browser, PHONE);
      const found = [];
      await page.goto(new URL(`surveys/consultation-intake/resume/${kept}`, project.url).href);
      if (!page.url().endsWith('/surveys/consultation-intake/resume.html?brought')) found.push(`it led to ${page.url()}`);
      found.push(...(await faults(page, 'brought')));
      await page.locator('#sheet button.primary').click();
      await page.waitForLoadState('load');
      found.push(...(await lost(page, entered)));
      if (page.url().includes(kept)) found.push('the code stands in the address');
      const cookies = await page.context().cookies();
      if (cookies.some((cookie) => cookie.name === 'draft')) found.push('the cookie is still there');
      await page.context().close();
      return found;
    });

    await checks.check('with scripts the same', async () => {
      const page = await openPage(browser, { width: 768, height: 900 });
      await page.goto(new URL('surveys/consultation-intake/resume.html', project.url).href);
      await page.fill('#code', kept);
      await page.locator('#sheet button.primary').click();
      await page.waitForLoadState('load');
      const found = await lost(page, entered);
      found.push(...page.account.errors);
      await page.context().close();
      return found;
    });

    await checks.check('the receipt has a code; with it the answer is taken back', async () => {
      const page = await openPage(browser, PHONE);
      const found = [];
      await answer(page, form);
      const own = (await code(page)).trim();
      found.push(...(await faults(page, 'receipt')));
      await page.reload();
      if ((await code(page)).trim() !== own) found.push('loading the receipt again shows another code');
      await page.locator('a[href$="withdraw.html"]').click();
      await page.waitForLoadState('load');
      found.push(...(await faults(page, 'withdraw')));
      for (const [typed, done] of [['7K3M', false], [own, true]]) {
        await page.fill('#code', typed);
        await page.locator('#sheet button.primary').click();
        await page.waitForLoadState('load');
        found.push(...(await faults(page, `withdraw ${typed.length}`)));
        const title = await page.locator('h1').textContent();
        if (done !== title.includes('取り消しました')) found.push(`${typed.length} characters: ${title}`);
      }
      await page.context().close();
      return found;
    });
    await first.context().close();
  } finally {
    await project.remove();
  }
}
