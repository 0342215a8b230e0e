// Everything there is to look at: every page in every language, and the states that only answering brings forth.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './checks.mjs';
import { openPage } from './chromium.mjs';
import { crawl, forms, pulse, reports } from './crawl.mjs';
import { answer } from './form.mjs';
import { language } from './markup.mjs';
import { Project } from './project.mjs';

/** The smallest number of answers that the demonstration's pulse shows. */
export const K = 5;

/**
 * Starts what the page tests share. Resolves with
 * - `visits`: `[{name, path, lang, html, url, status, recorded}]`, one for each page and state; `go` brings a browser there. States
 *   that only a post brings forth have been recorded.
 * - `pages`: the addresses alone, before any answer.
 * - `standing`: whether the last good site stayed up while the content had a fault.
 * - `filled`: the project with published figures, still serving; `close()` ends everything.
 */
export async function gather(binary, browser) {
  const filled = new Project(binary);
  const broken = new Project(binary);
  const faulty = new Project(binary);
  const over = new Project(binary);
  const early = new Project(binary);
  const projects = [filled, broken, faulty, over, early];
  try {
    await filled.serve();
    const visits = [];
    const add = (name, { path, lang, html, url, status, recorded = false }) => visits.push({ name, path, lang, html, url, status, recorded });

    // Before any answer: the whole site, and what answering shows.
    const { pages: reached } = await crawl(filled.url);
    // Forty people have the same two pages: two of them stand for all
    const person = /\/consultants\/(?!find|erase|aoki|asano)[a-z]+(\/nominate)?\.html$/;
    const pages = reached.filter((page) => !person.test(page.path));
    for (const page of pages) add(page.path, page);
    // The manual stands beside every site.
    const { pages: manual } = await crawl(filled.url, { from: ['/_manual/'] });
    if (manual.length < 20) throw new Error(`only ${manual.length} pages of the manual are reached`);
    for (const page of manual) add(page.path, page);
    // The other sites show the same templates in the colours and with the logo of a client: one page of each kind.
    const branded = /^\/(kawabe|pulse-portal)\/(en\/)?(index\.html)?$|^\/kawabe\/(modules\/strengths|surveys\/kawabe-before|reports\/kawabe|consultants|consultants\/asano)\.html$|^\/pulse-portal\/(reports|reports\/manager-check|plans\/support)\.html$/;
    const { pages: others } = await crawl(filled.url, { from: ['/kawabe/', '/pulse-portal/'] });
    const chosen = others.filter((page) => branded.test(page.path));
    if (chosen.length < 10) throw new Error(`only ${chosen.length} pages of the other sites are reached`);
    for (const page of chosen) add(page.path, page);
    // Every survey is walked through in the first language, one in all: the states are the same templates with other words.
    const walked = forms(pages).filter((form) => form.lang.startsWith('ja') || pulse([form]).length > 0);
    for (const form of walked) {
      for (const [name, state] of await states(browser, form)) add(`${form.path} ${name}`, state);
    }
    for (const prefix of ['/', '/en/']) {
      const path = `${prefix}no-such-page/`;
      const reply = await fetch(new URL(path, filled.url));
      const html = await reply.text();
      add(`404 ${path}`, { path, url: reply.url, status: reply.status, html, lang: language(html) });
    }

    // With enough answers: the reports again, now with figures.
    const empty = new Map(pulse(reports(pages)).map((page) => [page.path, page.html]));
    if (empty.size > 0 && forms(pages).length > 0) {
      await post(browser, pulse(forms(pages))[0], K);
      const [path, before] = [...empty][0];
      await until(async () => (await (await fetch(new URL(path, filled.url))).text()) !== before, 30, `${path} shows the answers`);
      for (const page of pulse(reports((await crawl(filled.url)).pages))) add(`${page.path} with answers`, page);
    }

    // A slip in the content: the last good site stays up, the diagnostics have a page of their own.
    await broken.serve();
    const good = await (await fetch(broken.url)).text();
    writeFileSync(join(broken.root, 'content/surveys/slip.yaml'), 'titel:\n  ja: 見本\nnonsense: 1\n');
    const read = async (url) => {
      const reply = await fetch(url);
      const html = await reply.text();
      return { path: new URL(url).pathname, url, status: reply.status, html, lang: language(html), recorded: true };
    };
    const faults = await until(async () => {
      const page = await read(new URL('/_faults', broken.url).href);
      return page.html.includes('slip.yaml') ? page : undefined;
    }, 20, 'the page of faults names slip.yaml');
    add('page of faults', faults);
    const standing = (await (await fetch(broken.url)).text()) === good;
    // The same from the start, when there is no good site yet.
    writeFileSync(join(faulty.root, 'content/surveys/slip.yaml'), 'titel:\n  ja: 見本\nnonsense: 1\n');
    await faulty.serve();
    add('page of faults at the start', await read(faulty.url));
    // A survey that is over, and one that has not begun.
    for (const [name, project, day] of [['closed', over, 'close: 2020-12-31'], ['not yet open', early, 'open: 2999-01-01']]) {
      const file = join(project.root, 'content/surveys/pulse.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('revision: 1\n', `revision: 1\n${day}\n`));
      await project.serve();
      for (const path of ['surveys/pulse.html', 'en/surveys/pulse.html', 'index.html', 'surveys.html']) {
        const page = await read(new URL(path, project.url).href);
        if (path.endsWith('pulse.html') && page.html.includes('<form')) throw new Error(`${name}: ${path} still has a form`);
        add(`${name} ${path}`, page);
      }
    }
    return { visits, filled, pages, standing, close: () => Promise.all(projects.map((project) => project.remove())) };
  } catch (error) {
    await Promise.allSettled(projects.map((project) => project.remove()));
    throw error;
  }
}

/** Walks one survey, stumbling on every page, and records each state as the server sent it. */
async function states(browser, form) {
  const page = await openPage(browser, { script: false });
  let document;
  page.on('response', (response) => {
    if (response.request().isNavigationRequest() && response.frame() === page.mainFrame()) document = response;
  });
  const recorded = [];
  try {
    await answer(page, form.url, {
      stumble: true,
      ...(form.lang.startsWith('en') ? { text: 'Read at the library once a week' } : {}),
      see: async (page, name) => {
        const url = new URL(page.url());
        if (name !== 'survey page 1') {
          recorded.push([name, { path: url.pathname, url: url.href, status: document.status(), lang: form.lang, html: await document.text(), recorded: true }]);
        }
      },
    });
  } finally {
    await page.context().close();
  }
  return recorded;
}

/** Brings a browser page to a visit; what was recorded is served again byte by byte. */
export async function go(page, visit) {
  if (visit.recorded) {
    await page.route((url) => url.href.split('#')[0] === visit.url.split('#')[0], (route) =>
      route.request().isNavigationRequest()
        ? route.fulfill({ status: 200, contentType: 'text/html; charset=utf-8', body: visit.html })
        : route.fallback());
  }
  // A page that reloads itself while it is measured cannot be measured.
  await page.route('**/_live.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  await page.goto(visit.url, { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready);
}

/** Answers one survey `times` times, each time a little differently. */
export async function post(browser, form, times) {
  for (let time = 0; time < times; time += 1) {
    const page = await openPage(browser, { script: false });
    try {
      await answer(page, form.url, { pick: (group, index) => (time + index) % group.options.length });
    } finally {
      await page.context().close();
    }
  }
}
