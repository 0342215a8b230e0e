// Invitations in a browser: typing a code, a slip in it, one that is used, taken back or unknown; by keyboard, without scripts, on a phone.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './axe.mjs';
import { openPage } from './stage/chromium.mjs';
import { fill, isForm, send, summary } from './stage/form.mjs';
import { Project } from './stage/project.mjs';

const PHONE = { width: 360, height: 740, script: false };
const MODES = [
  { width: 360, scheme: 'light', lang: 'ja' },
  { width: 360, scheme: 'dark', lang: 'en' },
  { width: 1280, scheme: 'light', lang: 'en' },
  { width: 1280, scheme: 'dark', lang: 'ja' },
];
const STAFF = `title: {ja: 社員アンケート, en: Staff survey}
lead: {ja: 招待された方への質問です。, en: Questions for invited people.}
minutes: 2
mode: anonymous
access: invited
publish: at-close
k: 5
purpose: {ja: 試すためです。, en: To try things.}
close: 2099-03-31
pages:
  - id: one
    questions:
      - {id: mood, kind: scale, points: 5, ends: [{ja: 悪い, en: bad}, {ja: 良い, en: good}], text: {ja: 気分はどうですか。, en: How are you?}, need: required}
`;

/** Runs the program to its end. */
function run(project, ...words) {
  const ended = spawnSync(project.binary, ['--root', project.root, '--lang', 'en', ...words], { encoding: 'utf8' });
  if (ended.status !== 0) throw new Error(`${words.join(' ')}: ${ended.stderr}`);
}

/** Invites ten people; answers their codes, as they are printed. */
function invite(project) {
  writeFileSync(join(project.root, 'content/surveys/staff.yaml'), STAFF);
  const site = join(project.root, 'content/sites/career-autonomy.yaml');
  writeFileSync(site, readFileSync(site, 'utf8').replace('surveys: [', 'surveys: [staff, '));
  const people = join(project.root, 'people.csv');
  writeFileSync(people, `id,name\n${Array.from({ length: 10 }, (_, at) => `${at},P${at}`).join('\n')}\n`);
  run(project, 'links', 'staff', '--people', people, '--base-url', 'http://127.0.0.1');
  const links = readFileSync(join(project.root, 'private/links/staff/links.csv'), 'utf8');
  return links.trim().split('\r\n').slice(1).map((line) => line.split(',').at(-1));
}

/** Two neighbours that differ change places. */
function slip(code) {
  const at = [...code].findIndex((char, at) => at > 0 && char !== '-' && code[at + 1] && code[at + 1] !== '-' && code[at + 1] !== char);
  return code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2);
}

/** Types a code and sends it with the keyboard alone, from wherever the page begins. */
async function typeCode(page, code) {
  for (let tabs = 0; tabs < 30 && (await page.evaluate(() => document.activeElement.id)) !== 'code'; tabs += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(code);
  const arrived = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await arrived;
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const other = new Project(binary);
  try {
    const codes = invite(project);
    const [unknown] = invite(other);
    const [free, used, revoked, kept, linked, late] = codes;
    run(project, 'links', 'staff', '--revoke', '2');
    await project.serve();
    const door = (lang, code = '') => new URL(`${lang === 'en' ? 'en/' : ''}i${code && `/${code.replaceAll('-', '')}`}`, project.url).href;
    const heading = (page) => page.locator('h1').innerText();

    await checks.check('by keyboard alone, without scripts, 360 px: a code is typed, the form is answered, the code is used', async () => {
      const page = await openPage(browser, PHONE);
      const faults = [];
      await page.goto(door('ja'));
      // Small letters and spaces, as people type
      await typeCode(page, used.toLowerCase().replaceAll('-', ' '));
      if (!page.url().includes('/surveys/staff.html')) faults.push(`the code leads to ${page.url()}`);
      if (page.url().replaceAll('-', '').includes(used.replaceAll('-', ''))) faults.push('the code stays in the address bar');
      for (let pages = 0; (await isForm(page)) && pages < 5; pages += 1) {
        await fill(page);
        await send(page);
      }
      if (!page.url().endsWith('thanks.html')) faults.push(`it ends at ${page.url()}`);
      await page.goto(door('ja', used));
      if (!(await heading(page)).includes('回答がすんでいます')) faults.push(`a used code says: ${await heading(page)}`);
      if (page.account.errors.some((error) => !/410/.test(error))) faults.push(page.account.errors);
      await page.context().close();
      return faults;
    });

    const states = {
      'asked for a code': { typed: null, ja: '招待コードを入れて', en: 'Enter your invitation code' },
      'a slip': { typed: slip(free), ja: '打ち間違い', en: 'typing error', stays: true },
      'too short': { typed: free.slice(0, 20), ja: '打ち間違い', en: 'typing error', stays: true },
      unknown: { typed: unknown, ja: '見つかりません', en: 'not known', stays: true },
      used: { typed: used, ja: '回答がすんで', en: 'has been used', stays: true },
      revoked: { typed: revoked, ja: '取り消されて', en: 'withdrawn', stays: true },
    };
    for (const { width, scheme, lang } of MODES) {
      await checks.check(`${width} px, ${scheme}, ${lang}: what is said of each code; axe, nothing wider than the screen`, async () => {
        const faults = [];
        for (const [name, state] of Object.entries(states)) {
          const page = await openPage(browser, { width, scheme });
          await page.goto(door(lang));
          if (state.typed !== null) await typeCode(page, state.typed);
          const said = await heading(page);
          if (!said.includes(state[lang])) faults.push(`${name}: ${said}`);
          if ((await page.locator('html').getAttribute('lang')) !== lang) faults.push(`${name}: another language`);
          if (!(await page.title()).startsWith(said)) faults.push(`${name}: the title is «${await page.title()}»`);
          const field = page.locator('#code');
          if (state.stays && (await field.inputValue()) !== state.typed) faults.push(`${name}: what was typed is gone`);
          if ((state.typed !== null) !== ((await field.getAttribute('aria-invalid')) === 'true')) faults.push(`${name}: aria-invalid is wrong`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 1) faults.push(`${name}: ${wide} px too wide`);
          for (const fault of await violations(page)) faults.push(`${name}: ${fault}`);
          await page.context().close();
        }
        return faults;
      });
    }

    await checks.check('a slip is mended where it stands, and the form opens', async () => {
      const page = await openPage(browser, PHONE);
      await page.goto(door('en'));
      await typeCode(page, slip(free));
      const stayed = await page.locator('#code').inputValue();
      await typeCode(page, free);
      const url = page.url();
      await page.context().close();
      return [stayed === slip(free) ? '' : `the field holds ${stayed}`, url.includes('/en/surveys/staff.html') ? '' : `it leads to ${url}`];
    });

    await checks.check('a link leads to the form without its code, however often it is opened, and asks nothing', async () => {
      const faults = [];
      for (let visit = 0; visit < 3; visit += 1) {
        const page = await openPage(browser, PHONE);
        await page.goto(door('ja', linked));
        if (!(await isForm(page)) || (await page.locator('#code').count()) > 0) faults.push(`visit ${visit}: ${await heading(page)}`);
        if (page.url().includes('/i/')) faults.push(page.url());
        await page.context().close();
      }
      return faults;
    });

    await checks.check('a browser that lost its cookie is asked once more, and nothing that was entered is lost', async () => {
      const page = await openPage(browser, PHONE);
      const faults = [];
      await page.goto(door('ja', kept));
      await page.context().clearCookies();
      await fill(page);
      await send(page);
      if ((await page.locator('#code').count()) !== 1) faults.push(`it says: ${await heading(page)}`);
      await typeCode(page, slip(kept));
      if (!(await heading(page)).includes('打ち間違い')) faults.push(`a slip says: ${await heading(page)}`);
      await typeCode(page, kept);
      for (let pages = 0; !page.url().endsWith('thanks.html') && pages < 3 && (await isForm(page)); pages += 1) {
        if ((await summary(page)).length > 0) faults.push('an answer was lost on the way');
        await send(page);
      }
      if (!page.url().endsWith('thanks.html')) faults.push(`it ends at ${page.url()}: ${await heading(page)}`);
      await page.context().close();
      return faults;
    });

    // Last: from then on nobody from here gets in
    await checks.check('too many wrong codes: the page says so, has no field, and a right code waits as well', async () => {
      const faults = [];
      let status = 0;
      for (let tries = 0; tries < 1200 && status !== 429; tries += 1) status = (await fetch(door('ja', unknown))).status;
      for (const { width, scheme, lang } of MODES) {
        const page = await openPage(browser, { width, scheme });
        await page.goto(door(lang, late));
        const said = await heading(page);
        if (!said.includes(lang === 'ja' ? 'しばらく受け付けません' : 'Too many wrong codes')) faults.push(said);
        if ((await page.locator('#code').count()) > 0) faults.push('there is a field');
        faults.push(...(await violations(page)));
        await page.context().close();
      }
      return faults;
    });
  } finally {
    await project.remove();
    await other.remove();
  }
}
