// The states of a round that only doing something brings forth: the operator's desk from the list to the links, a sheet put aside and
// opened again, an answer taken back, codes that are wrong.
import { openPage } from './chromium.mjs';
import { answer, fill } from './form.mjs';
import { invite, people } from './invited.mjs';
import { Project } from './project.mjs';

/** Walks all of it in both languages; resolves with `{visits, close}`, every state as the server sent it. */
export async function gatherRounds(binary, browser) {
  const project = new Project(binary);
  try {
    invite(project);
    await project.serve();
    const visits = [];
    const keep = async (page, name, lang) => {
      const html = await page.content();
      visits.push({ name, path: new URL(page.url()).pathname, url: page.url(), lang, html, status: 200, recorded: true });
    };
    const step = async (page, press) => {
      await Promise.all([page.waitForEvent('load'), press]);
    };
    for (const lang of ['ja', 'en']) {
      const page = await openPage(browser, { script: false, locale: lang === 'ja' ? 'ja-JP' : 'en-GB' });
      const open = (path) => page.goto(new URL(path, project.url).href);
      const desk = (path) => open(`${path}?lang=${lang}`);
      const prefix = lang === 'ja' ? '/' : '/en/';
      await desk('/_desk');
      await keep(page, 'desk overview', lang);
      await desk('/_desk/surveys/pulse');
      await keep(page, 'desk open survey', lang);
      await desk('/_desk/site');
      await keep(page, 'desk site', lang);
      await desk('/_desk/surveys/staff');
      await keep(page, lang === 'ja' ? 'desk before the list' : 'desk with links', lang);
      if (lang === 'ja') {
        await page.fill('#list', people(40).replace('0007\t', '0006\t'));
        await page.fill('#base', project.url.toString().replace(/\/$/, ''));
        await step(page, page.locator('#base').press('Enter'));
        await keep(page, 'desk faulty list', lang);
        await page.fill('#list', people(40));
        await step(page, page.locator('#base').press('Enter'));
        await keep(page, 'desk list looked at', lang);
        await step(page, page.locator('button[value=issue]').click());
        await keep(page, 'desk links issued', lang);
      }
      await open(`/_desk/preview${prefix}surveys/staff.html`);
      await keep(page, 'desk preview', lang);
      await open(`${prefix}surveys/staff.html`);
      await keep(page, 'invitation code', lang);
      await page.fill('input[name=code], #code', 'ABCD-EFGH');
      await step(page, page.locator('form button[type=submit]').last().click());
      await keep(page, 'invitation code wrong', lang);
      await open(`${prefix}surveys/consultation-intake.html`);
      await fill(page);
      await step(page, page.locator('#sheet button[name="_go"][value="save"]').first().click());
      await keep(page, 'draft saved', lang);
      const code = (await page.locator('.code-shown').textContent()).trim();
      await open(`${prefix}surveys/consultation-intake/resume.html`);
      await keep(page, 'draft resume', lang);
      await page.fill('#code', code.replace(/.$/, (last) => (last === 'Q' ? 'R' : 'Q')));
      await step(page, page.keyboard.press('Enter'));
      await keep(page, 'draft resume slip', lang);
      await page.fill('#code', code);
      await step(page, page.keyboard.press('Enter'));
      await keep(page, 'draft opened again', lang);
      await answer(page, new URL(`${prefix}surveys/consultation-intake.html`, project.url).href);
      await keep(page, 'receipt with a code', lang);
      const own = (await page.locator('.code-shown').textContent()).trim();
      await step(page, page.locator('a[href$="withdraw.html"]').click());
      await keep(page, 'withdrawal', lang);
      for (const [typed, name] of [['7K3M', 'withdrawal slip'], [own, 'withdrawn']]) {
        await page.fill('#code', typed);
        await step(page, page.locator('#sheet button.primary').click());
        await keep(page, name, lang);
      }
      await page.context().close();
    }
    return { visits, close: () => project.remove() };
  } catch (error) {
    await project.remove();
    throw error;
  }
}
