// Surveys without a network: the page that works from a folder, from the first question to the file that is handed in, and a served
// form whose network drops. Nothing is asked for, nothing is left in the browser, and what is stored is what was answered, once.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { ANSWERS, STORED, byHand, byKeyboard, rows, tabTo } from './kinds.mjs';
import { checkKept } from './nu.mjs';
import { until } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { send, summary } from './stage/form.mjs';
import { Project, repository } from './stage/project.mjs';

/** Everything that a browser could keep of this page. */
export const left = (page) => page.evaluate(async () => {
  const bases = indexedDB.databases ? await indexedDB.databases().catch(() => []) : [];
  return [localStorage.length && 'localStorage', sessionStorage.length && 'sessionStorage', document.cookie && 'a cookie', bases.length && 'a database', location.search && 'the address', location.hash && 'the address'].filter(Boolean);
});

/** Presses the button that goes on, by keyboard. */
async function press(page, id) {
  await page.locator('body').evaluate((body) => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); });
  await tabTo(page, { test: (id) => document.activeElement?.id === id, of: id }, `#${id}`);
  await page.keyboard.press('Enter');
}

const leaf = (page) => page.locator('.leaf:not([hidden])').first().getAttribute('data-page');
const complaints = (page) => page.locator('form .complaint').filter({ visible: true }).allInnerTexts();

/** Saves by a button and puts the file into a folder; resolves with its path. */
async function saved(page, button, folder) {
  const coming = page.waitForEvent('download');
  await press(page, button);
  const file = await coming;
  const path = join(folder, file.suggestedFilename());
  await file.saveAs(path);
  return path;
}

/** A port that nobody listens on. */
const freePort = () => new Promise((resolve, reject) => {
  const server = createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const files = mkdtempSync(join(tmpdir(), 'shirube-offline-'));
  const shots = process.env.SHIRUBE_SHOTS;
  const shoot = async (page, name) => {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `offline-${name}.png`), fullPage: true });
  };
  const run = (...words) => spawnSync(binary, [...words, '--root', project.root, '--lang', 'en'], { encoding: 'utf8' });
  const stored = () => {
    const folder = mkdtempSync(join(tmpdir(), 'shirube-rows-'));
    try {
      execFileSync(binary, ['export', 'responses', 'kinds', '--root', project.root, '--to', folder, '--force'], { stdio: 'pipe' });
      return rows(readFileSync(join(folder, 'kinds.csv'), 'utf8'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  try {
    rmSync(join(project.root, 'content'), { recursive: true });
    cpSync(join(repository, 'tests/kinds/content'), join(project.root, 'content'), { recursive: true });
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    const output = join(project.root, 'output/kinds');
    const built = { ja: 'surveys/kinds', en: 'en/surveys/kinds' };
    const port = await freePort();
    const serve = () => project.serve({ arguments: ['--bind', `127.0.0.1:${port}`] });
    await serve();
    const html = new Map(Object.entries(built).map(([language, path]) => [`${language} as built`, readFileSync(join(output, `${path}/offline.html`), 'utf8')]));

    for (const [language, scheme] of [['ja', 'light'], ['en', 'dark']]) {
      await checks.check(`from a folder, by keyboard, 360 px, no network: ${language}, ${scheme}`, async () => {
        const faults = [];
        const own = join(files, language);
        mkdirSync(own);
        const see = async (page, name) => {
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (wide > 0) faults.push(`${name}: ${wide} px wider than the window`);
          faults.push(...(await violations(page)).map((fault) => `${name}: ${fault}`));
          faults.push(...(await left(page)).map((where) => `${name}: something is left in ${where}`));
          html.set(`${language} ${name}`, await page.content());
          await shoot(page, `${language}-${scheme}-${name.replaceAll(' ', '-')}`);
        };
        const end = async (page) => {
          faults.push(...page.account.requests.filter((url) => !/^(file|data|blob):/.test(url)).map((url) => `asked for ${url}`), ...page.account.errors);
          await page.context().close();
        };
        // The same pages as the server shows them, for its words
        const served = await openPage(browser, { width: 360, height: 800, script: false });
        await served.goto(`${project.url}${built[language]}`);
        let page = await openPage(browser, { width: 360, height: 800, scheme, offline: true });
        await page.goto(pathToFileURL(join(output, `${built[language]}.html`)).href);
        await page.waitForURL(/offline\.html$/);
        await see(page, 'first page');
        for (const [index, answers] of ANSWERS.entries()) {
          await press(page, 'next');
          await send(served);
          const refused = (await summary(page)).map(({ text }) => text);
          const theirs = (await summary(served)).map(({ text }) => text);
          if (JSON.stringify(refused) !== JSON.stringify(theirs)) faults.push(`page ${index + 1}: says ${refused.join(' / ')}, the server says ${theirs.join(' / ')}`);
          const [own_, their] = [await complaints(page), await complaints(served)];
          if (JSON.stringify(own_) !== JSON.stringify(their)) faults.push(`page ${index + 1}: complains ${own_.join(' / ')}, the server complains ${their.join(' / ')}`);
          if (index < 3 && refused.length === 0) faults.push(`page ${index + 1} was not refused when it was empty`);
          if (refused.length > 0) await see(page, `page ${index + 1} refused`);
          if (index === 0) {
            const how = page.locator('[data-question="how"]');
            for (const [given, asked] of [['yes', true], ['no', false]]) {
              await byHand(page, [['interview', given]]);
              if ((await how.isVisible()) !== asked) faults.push(`with ${given} the next question is ${asked ? 'not there' : 'there'}`);
            }
          }
          await byKeyboard(page, answers);
          await byHand(served, answers);
          if (index === 1) {
            // Half-way: into a file, and on from it in a browser that knows nothing
            const part = await saved(page, 'save-part', own);
            await see(page, 'saved in part');
            await end(page);
            page = await openPage(browser, { width: 360, height: 800, scheme, offline: true });
            await page.goto(pathToFileURL(join(output, `${built[language]}/offline.html`)).href);
            await page.setInputFiles('#open', part);
            await page.waitForSelector('#faults:not([hidden])');
            if ((await leaf(page)) !== (await leafOf(page, 2))) faults.push(`the file opens at ${await leaf(page)}`);
            await see(page, 'opened');
          } else {
            await press(page, 'next');
          }
          await send(served);
          if (index === 0 && (await served.locator('[name="_page"]').inputValue()) === 'choices') await send(served);
        }
        await see(page, 'before saving');
        const answersHere = await page.locator('#review .review dd:nth-child(2)').allInnerTexts();
        const answersThere = await served.locator('.review dd:nth-child(2)').allInnerTexts();
        if (answersHere.length === 0 || JSON.stringify(answersHere) !== JSON.stringify(answersThere)) faults.push(`before saving: ${answersHere.join(' / ')}; the server: ${answersThere.join(' / ')}`);
        await served.context().close();
        const path = await saved(page, 'save', own);
        await see(page, 'saved');
        const receipt = await page.locator('#receipt').innerText();
        if (!path.includes(receipt)) faults.push(`the file ${path} does not bear the receipt ${receipt}`);
        await end(page);

        const first = run('import', 'responses', 'kinds', path);
        if (first.status !== 0 || !first.stdout.includes(receipt)) faults.push(`import: ${first.status} ${first.stdout} ${first.stderr}`);
        const again = run('import', 'responses', 'kinds', own);
        // The folder also holds the file that is not complete: refused with its questions
        if (!/taken before/.test(again.stdout) || !/not taken/.test(again.stdout) || again.status === 0) faults.push(`again: ${again.status} ${again.stdout}`);
        if (!again.stderr.includes('values') && !again.stdout.includes('values')) faults.push(`what is missing is not named: ${again.stderr}`);
        return faults;
      });
    }

    await checks.check('a file that is none, or another survey’s, is refused in words', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 360, height: 800, offline: true });
      await page.goto(pathToFileURL(join(output, 'surveys/kinds/offline.html')).href);
      const good = { format: 'shirube-answer', version: 1, survey: 'kinds', revision: 1, sheet: 'a'.repeat(32), answers: {} };
      for (const [text, expected] of [
        ['{', /開けません/], ['[]', /開けません/], [JSON.stringify({ ...good, answers: { area: 'kansai' } }), /開けません/],
        [JSON.stringify({ ...good, survey: 'pulse' }), /別のアンケート/], [JSON.stringify({ ...good, revision: 9 }), /意味が変わ/],
        [JSON.stringify({ ...good, answers: { area: ['kansai'], gone: ['1'], '"][x': ['<b>'], interview: ['maybe'] } }), /gone/],
      ]) {
        await page.setInputFiles('#open', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
        await page.waitForFunction((source) => new RegExp(source).test(document.querySelector('#faults').innerText), expected.source).catch(() => faults.push(`${text}: nothing like ${expected}`));
      }
      if ((await page.locator('[name="area"]').inputValue()) !== 'kansai') faults.push('the good part of a file was not taken');
      faults.push(...page.account.errors);
      await page.context().close();
      return faults;
    });

    await checks.check('without a script the whole survey stands there for paper', async () => {
      const page = await openPage(browser, { width: 1280, script: false, offline: true });
      await page.goto(pathToFileURL(join(output, 'surveys/kinds/offline.html')).href);
      const faults = [];
      for (const { length } of [ANSWERS]) if ((await page.locator('.leaf').filter({ visible: true }).count()) !== length) faults.push('not all pages are there');
      if (!/印刷/.test(await page.locator('main').innerText())) faults.push('nothing says that it can be printed');
      if ((await page.locator('button').filter({ visible: true }).count()) > 0) faults.push('a button that does nothing');
      await page.emulateMedia({ media: 'print' });
      if (!/関西/.test(await page.locator('.options').first().innerText())) faults.push('paper does not show what a list offers');
      await page.context().close();
      return faults;
    });

    await checks.check('the network drops: queued, tried again, stored once', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 360, height: 800 });
      const address = `http://127.0.0.1:${port}/surveys/kinds`;
      await page.goto(address);
      await byHand(page, ANSWERS[0]);
      await send(page);
      await byHand(page, ANSWERS[1]);
      await project.stop();
      const next = page.locator('.button.primary[value="next"]');
      await next.click();
      await page.waitForSelector('#undelivered:not([hidden])');
      await shoot(page, 'undelivered');
      faults.push(...(await violations(page)).map((fault) => `undelivered: ${fault}`));
      if (!(await page.evaluate(() => document.activeElement?.id === 'undelivered'))) faults.push('the focus is not on what has happened');
      if ((await page.locator('[name="energy"]').first().inputValue()) !== '70') faults.push('what was typed is gone');
      await serve();
      let arrived = page.waitForEvent('load');
      await page.locator('[data-part="now"]').click();
      await arrived;
      for (const answers of ANSWERS.slice(2)) {
        await byHand(page, answers);
        await send(page);
      }
      if (await page.evaluate(() => sessionStorage.length)) faults.push('what has arrived is still kept in the tab');
      await project.stop();
      await page.locator('button[value="send"]').click();
      await page.waitForSelector('#undelivered:not([hidden])');
      const coming = page.waitForEvent('download');
      await page.locator('[data-part="save"]').click();
      const rescued = join(files, 'rescued.json');
      await (await coming).saveAs(rescued);
      arrived = page.waitForURL(/thanks/, { timeout: 60_000 });
      await serve();
      await arrived;
      if (await page.evaluate(() => sessionStorage.length)) faults.push('the answers are still kept in the tab');
      const again = run('import', 'responses', 'kinds', rescued);
      if (!/taken before/.test(again.stdout)) faults.push(`the rescued file: ${again.stdout} ${again.stderr}`);
      await page.context().close();
      return faults;
    });

    await checks.check('a lost acknowledgement: sent again, stored once; a lost page: sent on from the tab', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 360, height: 800 });
      await page.goto(`http://127.0.0.1:${port}/surveys/kinds`);
      for (const answers of ANSWERS) {
        await byHand(page, answers);
        await send(page);
      }
      let lost = 0;
      await page.route('**/surveys/kinds*', async (route) => {
        if (route.request().method() !== 'POST' || lost > 0) return route.continue();
        lost += 1;
        await route.fetch({ maxRedirects: 0 });
        return route.abort('connectionreset');
      });
      await page.locator('button[value="send"]').click();
      await page.waitForURL(/thanks/, { timeout: 60_000 });
      if (lost !== 1) faults.push(`${lost} lost`);

      // A tab that lost its page with the network: the sheet goes on from where it was
      await page.unroute('**/surveys/kinds*');
      await page.goto(`http://127.0.0.1:${port}/surveys/kinds`);
      await byHand(page, ANSWERS[0]);
      await project.stop();
      await page.locator('.button.primary[value="next"]').click();
      await page.waitForSelector('#undelivered:not([hidden])');
      await serve();
      page.on('dialog', (dialog) => dialog.accept());
      await page.goto(`http://127.0.0.1:${port}/surveys/kinds`);
      await page.waitForSelector('#undelivered-before:not([hidden])');
      faults.push(...(await violations(page)).map((fault) => `offered again: ${fault}`));
      await shoot(page, 'offered-again');
      const arrived = page.waitForEvent('load');
      await page.locator('[data-part="resume"]').click();
      await arrived;
      if (!(await page.locator('input[name="area"][value="kansai"]').count()) && (await page.locator('[name="area"]').inputValue().catch(() => '')) !== 'kansai') faults.push('what was typed did not come back');
      await page.context().close();
      return faults;
    });

    await checks.check('what is stored is what was answered, once each', async () => {
      // Rows leave when five have answered: the four of above are none too many, and one more opens the door
      const faults = stored().length === 0 ? [] : ['rows leave before five have answered: something was stored twice'];
      const fifth = JSON.parse(readFileSync(join(files, 'rescued.json'), 'utf8'));
      writeFileSync(join(files, 'fifth.json'), JSON.stringify({ ...fifth, sheet: 'f'.repeat(32) }));
      const taken = run('import', 'responses', 'kinds', join(files, 'fifth.json'));
      if (taken.status !== 0) faults.push(`import: ${taken.stdout} ${taken.stderr}`);
      await project.stop();
      execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
      const all = await until(() => { const all = stored(); return all.length > 0 ? all : null; }, 20, 'five responses');
      if (all.length !== 5) faults.push(`${all.length} rows`);
      for (const row of all) {
        for (const [column, value] of Object.entries(row)) {
          const wanted = STORED[column] ?? (column === 'reason' ? '_not_shown' : '_skipped');
          if (value !== wanted) faults.push(`${column} is ${value}, not ${wanted}`);
        }
      }
      return faults;
    });

    await checkKept(checks, html, 16);
  } finally {
    rmSync(files, { recursive: true, force: true });
    await project.remove();
  }
}

/** The id of a page of the survey by its place. */
const leafOf = (page, at) => page.locator('.leaf').nth(at).getAttribute('data-page');
