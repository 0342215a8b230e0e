// The whole loop as a participant and an operator live it: scripts off, a phone, then a folder on a stick.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { until } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { crawl, forms, pulse, reports } from './stage/crawl.mjs';
import { answer, fill, fields, isForm, lost, send, summary } from './stage/form.mjs';
import { Project } from './stage/project.mjs';
import { K } from './stage/visits.mjs';

const PHONE = { width: 360, height: 740, script: false };

/** The bytes of every page of the site, by path, but for the stamp that a form gives each reader against double sending. */
async function site(url) {
  const bare = (html) => html.replace(/<input\b[^>]*type="hidden"[^>]*>/g, '');
  return new Map((await crawl(url)).pages.map((page) => [page.path, bare(page.html)]));
}

/** Pages that two readings of a site do not show alike. */
function moved(before, after) {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).sort();
}

/** Follows the first visible link whose address ends so, by a click. */
async function follow(page, target) {
  const links = page.locator('main a[href], nav a[href], header a[href], footer a[href], a[href]').filter({ visible: true });
  const hrefs = await links.evaluateAll((links) => links.map((link) => link.href));
  const plain = (href) => href.split('#')[0].replace(/index\.html$/, '');
  const at = hrefs.findIndex((href) => plain(href) === plain(target));
  if (at < 0) throw new Error(`${page.url()} has no visible link to ${target}`);
  await links.nth(at).click();
  await page.waitForLoadState('load');
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    await project.serve();
    const start = await crawl(project.url);
    const survey = pulse(forms(start.pages)).find((page) => !page.path.startsWith('/en/'));
    const report = pulse(reports(start.pages)).find((page) => !page.path.startsWith('/en/'));
    if (!survey || !report) {
      const home = start.pages[0]?.html.replace(/<(style|script|svg)[\s\S]*?<\/\1>|<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 1500);
      throw new Error(`no survey or no report among ${start.pages.map((page) => page.path).join(' ')}; home says: ${home}; the program said: ${project.said}`);
    }
    const untouched = await site(project.url);

    await checks.check('both languages are there, page for page', () => {
      const paths = start.pages.map((page) => page.path);
      const there = new Set(paths);
      // Pages that only a server has say their language behind the question mark
      const isEnglish = (path) => path.startsWith('/en/') || /^\/_.*[?&]lang=en\b/.test(path);
      const english = (path) => (path.startsWith('/_') ? path.replace('lang=ja', 'lang=en') : `/en${path}`);
      const faults = paths.filter((path) => !isEnglish(path)).filter((path) => !there.has(english(path))).map((path) => `${path} has no English page`);
      for (const page of start.pages) {
        const lang = isEnglish(page.path) ? 'en' : 'ja';
        if (!page.lang.startsWith(lang)) faults.push(`${page.path} says lang="${page.lang}"`);
        if (page.status !== 200) faults.push(`${page.path} answers ${page.status}`);
      }
      return faults;
    });

    await checks.check('links lead to pages and files that are there', () =>
      [...start.others].filter(([, other]) => other.status >= 400).map(([path, other]) => `${path} answers ${other.status}`));

    await checks.check('served pages forbid inline script and style, sniffing and telling where one came from', () => {
      const faults = [];
      for (const { path, headers } of start.pages) {
        const policy = headers['content-security-policy'] ?? '';
        if (!policy) faults.push(`${path}: no Content-Security-Policy`);
        if (/unsafe-inline|unsafe-eval/.test(policy)) faults.push(`${path}: ${policy}`);
        if (headers['x-content-type-options'] !== 'nosniff') faults.push(`${path}: no nosniff`);
        if (headers['referrer-policy'] !== 'same-origin') faults.push(`${path}: Referrer-Policy ${headers['referrer-policy']}`);
      }
      return faults;
    });

    await checks.check('home, survey, page by page, thank-you: scripts off, 360 px', async () => {
      const page = await openPage(browser, PHONE);
      const faults = [];
      await page.goto(project.url);
      await follow(page, survey.url);
      let number = 0;
      while (await isForm(page)) {
        number += 1;
        if (number > 60) throw new Error('the survey does not end');
        await fill(page);
        if (!(await send(page))) throw new Error(`nothing came after sending page ${number}`);
      }
      const text = await page.locator('main').innerText();
      if (!/ありがとう|受け取りました/.test(text)) faults.push(`no thanks at the end: ${text.slice(0, 200)}`);
      faults.push(...page.account.errors);
      await page.context().close();
      return faults;
    });

    await checks.check('a refusal keeps everything typed and links each fault to its field', async () => {
      const page = await openPage(browser, PHONE);
      const faults = [];
      let refusals = 0;
      await page.goto(survey.url);
      for (let number = 1; await isForm(page); number += 1) {
        if (number > 60) throw new Error('the survey does not end');
        const groups = await fields(page);
        const choices = groups.filter((group) => group.kind === 'radio');
        // Leave the last of the choices out; all else is filled in.
        const skip = choices.length > 0 ? [choices.at(-1).name] : [];
        const entered = await fill(page, { skip, text: '三行目も、\u201cそのまま\u201d <b>残る</b> & 😀' });
        if (!(await send(page))) throw new Error('the browser held the form back: without scripts nobody words the fault (novalidate)');
        const links = (await isForm(page)) ? await summary(page) : [];
        if (links.length === 0) continue;
        refusals += 1;
        faults.push(...(await lost(page, entered)).map((text) => `page ${number}: ${text}`));
        for (const { href, text } of links) {
          if (!text) faults.push(`page ${number}: a fault without words, ${href}`);
          const target = page.locator(`[id="${decodeURIComponent(href.slice(1))}"]`);
          if ((await target.count()) !== 1) faults.push(`page ${number}: ${href} («${text}») leads nowhere`);
          else {
            const inside = await target.evaluate((element, name) => Boolean(element.closest('form')) && (element.name === name || Boolean(element.querySelector(`[name="${name}"]`)) || Boolean(element.closest('fieldset')?.querySelector(`[name="${name}"]`))), skip[0]);
            if (links.length === 1 && !inside) faults.push(`page ${number}: ${href} is not where ${skip[0]} is asked`);
          }
        }
        await fill(page);
        if (!(await send(page))) throw new Error(`nothing came after mending page ${number}`);
        if ((await isForm(page)) && (await summary(page)).length > 0) throw new Error(`page ${number} was refused after it was mended`);
      }
      if (refusals === 0) faults.push('no page of the survey refused anything: nothing was tested');
      await page.context().close();
      return faults;
    });

    // Two answers are in by now.
    await checks.check(`${K - 1} answers move nothing on any page`, async () => {
      for (let number = 3; number < K; number += 1) await once(browser, survey, number);
      // A rebuild would be seen by now, if one wrongly came.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      return moved(untouched, await site(project.url)).map((path) => `${path} has changed`);
    });

    await checks.check(`answer number ${K} moves the report`, async () => {
      await once(browser, survey, K);
      await until(async () => (await site(project.url)).get(report.path) !== untouched.get(report.path), 20, `${report.path} changes`);
      const english = `/en${report.path}`;
      const after = await site(project.url);
      return after.get(english) === untouched.get(english) ? [`${english} has not changed`] : [];
    });

    await checks.check('the server stops cleanly when asked to', async () => {
      const end = await project.stop();
      return end.code === 0 || (process.platform === 'win32' && end.signal) ? [] : [`it ended with ${JSON.stringify(end)}; it said:\n${project.said}`];
    });

    await checks.check('the folder opens from disk with no network: no request, no error', async () => {
      const output = join(project.root, 'output');
      const home = join(output, 'career-autonomy', 'index.html');
      if (!existsSync(home)) throw new Error(`${home} is not there; output/ holds ${existsSync(output) ? readdirSync(output).join(' ') : 'nothing'}`);
      const faults = [];
      for (const script of [true, false]) {
        const page = await openPage(browser, { ...PHONE, script, offline: true });
        await page.goto(pathToFileURL(home).href);
        if (!(await page.locator('h1').first().innerText()).trim()) faults.push('the home page has no title');
        // By clicks to the report, as a reader comes there.
        const target = new URL(report.path.slice(1).replace(/(^|\/)$/, '$1index.html'), pathToFileURL(home)).href;
        await follow(page, target);
        if (!(await page.locator('main svg').filter({ visible: true }).count())) faults.push('the report shows no chart');
        const other = page.locator('a[hreflang="en"]').filter({ visible: true });
        await other.first().click();
        await page.waitForLoadState('load');
        if (!page.url().includes('/en/reports/')) faults.push(`the language switch led to ${page.url()}`);
        faults.push(...page.account.requests.filter((url) => !/^(file|data|blob):/.test(url)).map((url) => `asked for ${url}`));
        faults.push(...page.account.errors.map((error) => `${script ? 'scripts on' : 'scripts off'}: ${error}`));
        await page.context().close();
      }
      return faults;
    });
  } finally {
    await project.remove();
  }
}

/** One more person answers. */
async function once(browser, survey, number) {
  const page = await openPage(browser, PHONE);
  try {
    await answer(page, survey.url, { pick: (group, index) => (number + index) % group.options.length });
    const text = await page.locator('main').innerText();
    if (!/ありがとう|受け取りました/.test(text)) throw new Error(`answer ${number} was not thanked for: ${text.slice(0, 200)}`);
  } finally {
    await page.context().close();
  }
}
