// Every kind of question, answered: without scripts on a phone, with them by keyboard alone, in both languages; what is stored is
// what was answered, and no page of it has faults that axe or the Nu checker know.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violations } from './axe.mjs';
import { until } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { send, summary } from './stage/form.mjs';
import { checkKept } from './nu.mjs';
import { Project, repository } from './stage/project.mjs';

/** What is answered on each page: a field and its value; `press` names a field that a script adds and how often it is pressed. */
export const ANSWERS = [
  [
    ['area', 'kansai'], ['interview', 'yes'],
    ['learning_plan', ['work', 'course']], ['learning_talk', ['course']], ['learning_money', ['none']],
  ],
  [['recommend', '8'], ['energy', '70'], ['hours_customers', '40'], ['hours_meetings', '30'], ['hours_alone', '20'], ['hours_learning', '10']],
  [
    ['values_people', '1'], ['values_growth', '2'], ['values_time', '3'],
    ['roles_expert', 'much'], ['roles_leader', 'some'], ['roles_parent', 'much'], ['roles_neighbour', 'little'],
    ['rather_pay_free', 'free'], ['rather_pay_skill', 'skill'], ['rather_free_skill', 'free'],
  ],
  [['jobs_1_title', 'A'], ['jobs_1_years', '3.5'], ['jobs_1_field', 'works'], ['jobs_1_again', 'no'], ['jobs_2_title', 'B'], ['jobs_2_years', '10']],
];

/** What has to be in the exported row, by column; what is not named was left empty. */
export const STORED = {
  area: 'kansai', interview: 'yes',
  'learning_plan.work': '1', 'learning_plan.course': '1', 'learning_plan.alone': '0', 'learning_plan.none': '0',
  'learning_talk.work': '0', 'learning_talk.course': '1', 'learning_talk.alone': '0', 'learning_talk.none': '0',
  'learning_money.work': '0', 'learning_money.course': '0', 'learning_money.alone': '0', 'learning_money.none': '1',
  recommend: '8', energy: '70', hours_customers: '40', hours_meetings: '30', hours_alone: '20', hours_learning: '10',
  values_growth: '2', values_people: '1', values_time: '3',
  roles_expert: 'much', roles_leader: 'some', roles_parent: 'much', roles_neighbour: 'little',
  rather_pay_free: 'free', rather_pay_skill: 'skill', rather_free_skill: 'free',
  share_alone: '50', jobs_1_years: '3.5', jobs_1_field: 'works', jobs_1_again: 'no', jobs_2_years: '10', years_all: '13.5',
};

const named = (page, name, value) => page.locator(`form [name="${name}"]${value === undefined ? '' : `[value="${value}"]`}`).first();

/** Answers a page as a hand does: taps and typing. */
export async function byHand(page, answers) {
  for (const [name, value] of answers) {
    await opened(page, name, (summary) => summary.click());
    const field = named(page, name);
    const kind = await field.evaluate((field) => (field.tagName === 'SELECT' ? 'select' : field.type));
    if (kind === 'select') await field.selectOption(value);
    else if (kind === 'radio') await named(page, name, value).check({ force: true });
    else if (kind === 'checkbox') for (const one of value) await named(page, name, one).check({ force: true });
    else await field.fill(value);
  }
}

/** A row of a table that is still closed is opened first. */
async function opened(page, name, open) {
  for (let guard = 0; guard < 20 && !(await named(page, name).evaluate((field) => field.type === 'hidden' || field.checkVisibility())); guard += 1) {
    await open(page.locator('details:not([open]) > summary').filter({ visible: true }).first());
  }
}

/** Presses Tab until the focus stands where `there` says. */
export async function tabTo(page, there, what) {
  for (let guard = 0; guard < 250; guard += 1) {
    if (await page.evaluate(there.test, there.of)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never comes to ${what}`);
}
const isNamed = (name, value) => ({
  test: ([name, value]) => document.activeElement?.name === name && (value === null || document.activeElement.value === value),
  of: [name, value ?? null],
});

/** Answers a page with the keyboard alone. */
export async function byKeyboard(page, answers) {
  for (const [name, value] of answers) {
    await page.evaluate(() => { document.activeElement?.blur(); window.scrollTo(0, 0); });
    await page.locator('body').evaluate((body) => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); });
    await opened(page, name, async () => {
      await tabTo(page, { test: () => document.activeElement?.matches('details:not([open]) > summary'), of: null }, 'the next row');
      await page.keyboard.press('Enter');
    });
    const kind = await named(page, name).evaluate((field) => (field.tagName === 'SELECT' ? (field.closest('.ranks') ? 'rank' : 'select') : field.closest('.slide') ? 'slide' : field.type));
    const holds = (wanted) => page.evaluate(([name, wanted]) => {
      const all = [...document.getElementsByName(name)];
      return all.some((field) => (field.type === 'radio' || field.type === 'checkbox' ? field.checked && field.value === wanted : field.value === wanted));
    }, [name, wanted]);
    if (kind === 'rank') {
      // The items come in the order of their ranks: each is moved up once, to the next free one.
      const item = { test: (id) => document.activeElement?.matches('.move[data-way="up"]') && document.activeElement.closest('li').querySelector('select').name === id, of: name };
      await tabTo(page, item, `the button that moves ${name} up`);
      await page.keyboard.press('Enter');
      if (!(await page.evaluate((id) => document.activeElement?.closest('li')?.querySelector('select').name === id, name))) throw new Error(`${name} lost the focus when it moved`);
    } else if (kind === 'slide') {
      await tabTo(page, { test: (id) => document.activeElement?.id === id, of: `f-${name}-range` }, `the slider of ${name}`);
      for (let guard = 0; guard < 250 && !(await holds(value)); guard += 1) await page.keyboard.press('ArrowRight');
    } else if (kind === 'select') {
      await tabTo(page, isNamed(name), name);
      for (let guard = 0; guard < 50 && !(await holds(value)); guard += 1) await page.keyboard.press('ArrowDown');
    } else if (kind === 'radio') {
      await tabTo(page, isNamed(name), name);
      await page.keyboard.press('Space');
      for (let guard = 0; guard < 50 && !(await holds(value)); guard += 1) await page.keyboard.press('ArrowDown');
    } else if (kind === 'checkbox') {
      for (const one of value) {
        await tabTo(page, isNamed(name, one), `${name}=${one}`);
        await page.keyboard.press('Space');
      }
    } else {
      await tabTo(page, isNamed(name), name);
      await page.keyboard.type(value);
    }
    for (const wanted of [value].flat()) if (!(await holds(wanted))) throw new Error(`${name} cannot be set to ${wanted} by keyboard`);
  }
}

/** Whether the form shows this page of the survey. */
const isAt = async (page, id) => (await page.locator('[name="_page"]').inputValue()) === id;

/** Answers the whole survey; `see` looks at each page, refused and filled in. */
async function walk(page, url, answer, { see = async () => {}, keyboard = false } = {}) {
  const onward = async () => {
    if (!keyboard) return send(page);
    await tabTo(page, { test: () => document.activeElement?.matches('.button.primary'), of: null }, 'the button that goes on');
    const arrived = page.waitForEvent('load');
    await page.keyboard.press('Enter');
    return arrived;
  };
  await page.goto(url);
  for (const [index, answers] of ANSWERS.entries()) {
    await see(page, `page ${index + 1}`);
    await onward();
    if ((await summary(page)).length > 0) await see(page, `page ${index + 1} refused`);
    else if (index < 3) throw new Error(`page ${index + 1} was not refused when it was empty`);
    await answer(page, answers);
    await see(page, `page ${index + 1} filled in`);
    await onward();
    // «Yes» opens one more question: at once by script, else on the page that comes back.
    if (index === 0 && (await isAt(page, 'choices'))) await onward();
    const faults = await summary(page);
    if (faults.length > 0) throw new Error(`page ${index + 1} was refused: ${faults.map((fault) => fault.text).join(' / ')}`);
  }
  await see(page, 'before sending');
  await onward();
  const text = await page.locator('main').innerText();
  if (!/ありがとう|Thank you/.test(text)) throw new Error(`no thanks at the end: ${text.slice(0, 300)}`);
}

/** The rows of a CSV file that holds no quoted cells. */
export function rows(text) {
  const [head, ...lines] = text.replace(/^\uFEFF/, '').trim().split('\r\n').map((line) => line.split(','));
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at]])));
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const shots = process.env.SHIRUBE_SHOTS;
  try {
    rmSync(join(project.root, 'content'), { recursive: true });
    cpSync(join(repository, 'tests/kinds/content'), join(project.root, 'content'), { recursive: true });
    await project.serve();
    const address = { ja: `${project.url}surveys/kinds`, en: `${project.url}en/surveys/kinds` };
    const html = new Map();

    for (const [language, scheme, width, script] of [['ja', 'light', 360, false], ['en', 'dark', 360, true], ['ja', 'dark', 1280, true], ['en', 'light', 1280, false]]) {
      const how = `${language}, ${scheme}, ${width} px, scripts ${script ? 'on' : 'off'}`;
      await checks.check(`all is answered by hand: ${how}`, async () => {
        const page = await openPage(browser, { width, height: 800, scheme, script });
        const faults = [];
        await walk(page, address[language], byHand, {
          see: async (page, name) => {
            html.set(`${language} ${name}, scripts ${script ? 'on' : 'off'}`, await page.content());
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
            if (wide > 0) faults.push(`${name}: ${wide} px wider than the window`);
            if (script) faults.push(...(await violations(page)).map((fault) => `${name}: ${fault}`));
            if (shots) {
              mkdirSync(shots, { recursive: true });
              await page.screenshot({ path: join(shots, `${language}-${width}-${scheme}-${name.replaceAll(' ', '-')}.png`), fullPage: true });
            }
          },
        });
        // The browser says that an answer of 422 is a failed load; it is the refusal.
        faults.push(...page.account.errors.filter((error) => !/422/.test(error)));
        await page.context().close();
        return faults;
      });
    }

    await checks.check('all is answered by keyboard alone, 360 px, scripts on', async () => {
      const page = await openPage(browser, { width: 360, height: 800 });
      await walk(page, address.en, byKeyboard, { keyboard: true });
      await page.context().close();
    });

    await checks.check('an untouched slider and an unranked list are no answers', async () => {
      const page = await openPage(browser, { width: 360, height: 800 });
      const faults = [];
      await page.goto(address.ja);
      await byHand(page, ANSWERS[0]);
      await send(page);
      if (!(await isAt(page, 'numbers'))) faults.push('page 2 did not come');
      if ((await named(page, 'energy').inputValue()) !== '') faults.push('the slider wrote a number by itself');
      await send(page);
      const anchors = (await summary(page)).map(({ href }) => href);
      if (!anchors.includes('#q-energy') || !anchors.includes('#q-hours')) faults.push(`refused are only ${anchors.join(' ')}`);
      await page.context().close();
      return faults;
    });

    await checks.check('what is stored is what was answered, from every way of answering', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'shirube-kinds-'));
      try {
        const stored = await until(() => {
          execFileSync(binary, ['export', 'responses', 'kinds', '--root', project.root, '--to', folder, '--force'], { stdio: 'pipe' });
          const all = rows(readFileSync(join(folder, 'kinds.csv'), 'utf8'));
          return all.length >= 5 ? all : null;
        }, 20, 'five responses are exported');
        const faults = stored.length === 5 ? [] : [`${stored.length} rows`];
        for (const [at, row] of stored.entries()) {
          for (const [column, value] of Object.entries(row)) {
            const wanted = STORED[column] ?? (column === 'reason' ? '_not_shown' : '_skipped');
            if (value !== wanted) faults.push(`row ${at + 1}: ${column} is ${value}, not ${wanted}`);
          }
          for (const column of Object.keys(STORED)) if (!(column in row)) faults.push(`no column ${column}`);
        }
        return faults;
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });

    await checkKept(checks, html, 20);
  } finally {
    await project.remove();
  }
}
