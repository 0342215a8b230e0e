// The states of a round that only doing something brings forth: the operator's desk from the list to the links, a sheet put aside and
// opened again, an answer taken back, codes that are wrong.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openPage } from './chromium.mjs';
import { answer, fill } from './form.mjs';
import { Project } from './project.mjs';

/** A survey for invited people, which the demonstration has none of. */
const STAFF = `title: {ja: 働きかたと学びのアンケート, en: Work and learning}
lead: {ja: 招待された方にうかがいます。, en: Questions for those who were invited.}
minutes: 2
mode: anonymous
access: invited
attributes:
  - id: department
    text: {ja: 部署, en: Department}
    values:
      - {id: sales, text: {ja: 営業部, en: Sales}}
      - {id: law, text: {ja: 法務部, en: Legal}}
publish: at-close
k: 5
purpose: {ja: 学ぶ時間のとりかたを見直すためです。, en: To find time for learning.}
pages:
  - id: one
    questions:
      - {id: mood, kind: scale, points: 5, ends: [{ja: 足りない, en: too little}, {ja: 足りている, en: enough}], text: {ja: 学ぶ時間は足りていますか。, en: Is there enough time to learn?}, need: required}
`;

function people(count) {
  const rows = Array.from({ length: count }, (_, number) => [String(number).padStart(4, '0'), `見本 ${number}`, `p${number}@example.jp`, number % 2 ? '営業部' : '法務部'].join('\t'));
  return ['社員番号\t氏名\tメール\t部署', ...rows].join('\n');
}

/** Walks all of it in both languages; resolves with `{visits, close}`, every state as the server sent it. */
export async function gatherRounds(binary, browser) {
  const project = new Project(binary);
  try {
    writeFileSync(join(project.root, 'content/surveys/staff.yaml'), STAFF);
    const site = join(project.root, 'content/sites/career-autonomy.yaml');
    writeFileSync(site, readFileSync(site, 'utf8').replace(/^surveys: \[/m, 'surveys: [staff, '));
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
