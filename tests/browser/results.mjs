// Personal results: with and without scripts, by keyboard, on a phone, from a folder. The result is shown, can be taken along as a file
// and on paper, and cannot be brought back once its person has ended it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { byHand, byKeyboard, tabTo } from './kinds.mjs';
import { checkKept } from './nu.mjs';
import { openPage } from './stage/chromium.mjs';
import { send } from './stage/form.mjs';
import { Project } from './stage/project.mjs';

const ROWS = {
  ahead: [['draw_picture', '4'], ['draw_values', '4'], ['draw_strengths', '3'], ['act_step', '2'], ['act_said', '1'], ['act_wait', '4']],
  now: [['meaning_link', '3'], ['meaning_shape', '3'], ['meaning_made', '3'], ['learn_new', '5'], ['learn_tried', '4'], ['learn_feedback', '4']],
};
const SCORES = ['3.7', '1.7', '3.0', '4.3'];
const BANDS = { ja: ['自分のものになっている', 'これから', 'はじまっている', '自分のものになっている'], en: ['Your own', 'To come', 'Begun', 'Your own'] };
const ONLY = { ja: '診断ではなく', en: 'no diagnosis' };
const PATH = { ja: 'surveys/self-check', en: 'en/surveys/self-check' };

/** What a result says: scores, names of bands, where the marks stand, the corners of the shape. */
const told = (page) => page.evaluate(() => {
  const seen = (one) => one.checkVisibility();
  const all = (query) => [...document.querySelectorAll(`#result ${query}`)].filter(seen);
  return {
    scores: all('[data-part="shown"]').map((one) => one.textContent.trim()),
    bands: all('.result-band h4').map((one) => one.textContent.trim()),
    texts: all('.result-band p, .result-next li').map((one) => one.textContent.trim()),
    marks: all('[data-part="dot"]').map((one) => one.getAttribute('cx')),
    shape: all('[data-part="shape"]').map((one) => one.getAttribute('points'))[0] ?? null,
  };
});

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const files = mkdtempSync(join(tmpdir(), 'shirube-results-'));
  const shots = process.env.SHIRUBE_SHOTS;
  const html = new Map();
  const shoot = async (page, name) => {
    if (!shots) return;
    mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  };
  try {
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    const output = join(project.root, 'output/career-autonomy');
    await project.serve();
    const results = {};

    const look = async (page, name, faults, script = true) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) faults.push(`${name}: ${wide} px wider than the window`);
      // axe waits for timers, which do not run where scripts are off
      if (script) faults.push(...(await violations(page)).map((fault) => `${name}: ${fault}`));
      html.set(name, await page.content());
    };
    const held = (came, lang, faults, name) => {
      if (JSON.stringify(came.scores) !== JSON.stringify(SCORES)) faults.push(`${name}: scores ${came.scores}`);
      if (JSON.stringify(came.bands) !== JSON.stringify(BANDS[lang])) faults.push(`${name}: bands ${came.bands}`);
    };
    const answered = async (page, lang, by = byHand) => {
      await page.goto(`${project.url}${PATH[lang]}`);
      await by(page, ROWS.ahead);
      await send(page);
      await by(page, ROWS.now);
      await send(page);
      await send(page);
      await page.waitForSelector('#result');
    };

    for (const [lang, script, width, scheme] of [['ja', false, 360, 'light'], ['en', false, 360, 'dark'], ['ja', true, 360, 'dark'], ['en', true, 1280, 'light']]) {
      const name = `${lang}, ${script ? 'scripts' : 'no script'}, ${width}, ${scheme}`;
      await checks.check(`a result is shown, kept as a file, ended, and does not come back: ${name}`, async () => {
        const faults = [];
        const page = await openPage(browser, { width, height: 800, script, scheme, locale: lang === 'ja' ? 'ja-JP' : 'en-GB' });
        await answered(page, lang, script && lang === 'ja' ? byKeyboard : byHand);
        const came = await told(page);
        held(came, lang, faults, name);
        results[lang] ??= came;
        await look(page, name, faults, script);
        await shoot(page, `result-${name.replaceAll(/, ?| /g, '-')}`);
        if ((await page.locator('[data-part="print"]').isVisible()) !== script) faults.push('the button that prints is where it does nothing, or is not there');
        const coming = page.waitForEvent('download');
        if (script) {
          await page.locator('body').evaluate((body) => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); });
          await tabTo(page, { test: () => document.activeElement?.value === 'keep', of: null }, 'the button that saves');
          await page.keyboard.press('Enter');
        } else {
          await page.locator('button[value="keep"]').click();
        }
        const file = join(files, `${lang}-${script}.html`);
        await (await coming).saveAs(file);
        const taken = await openPage(browser, { width: 360, height: 800, script, scheme, offline: true });
        await taken.goto(pathToFileURL(file).href);
        held(await told(taken), lang, faults, `${name}, file`);
        await look(taken, `${name}, file`, faults, script);
        await shoot(taken, `file-${name.replaceAll(/, ?| /g, '-')}`);
        faults.push(...taken.account.requests.filter((url) => !/^file:/.test(url)).map((url) => `the file asks for ${url}`), ...taken.account.errors);
        await taken.context().close();

        // Loaded again: the browser sends the sheet again, the same is shown
        page.on('dialog', (dialog) => dialog.accept());
        await page.reload();
        if ((await told(page)).scores.length !== 4) faults.push('loading again loses it');
        await page.locator('button[value="end"]').click();
        await page.waitForURL(/thanks/);
        for (let step = 0; step < 6; step += 1) {
          await page.goBack().catch(() => {});
          await page.reload().catch(() => {});
          const text = await page.evaluate(() => document.documentElement.innerText).catch(() => '');
          if (text.includes(ONLY[lang]) || (await page.locator('#result').count()) > 0) faults.push(`${step + 1} times back: ${text.slice(0, 80)}`);
          const chosen = await page.locator('input:checked, input[type="hidden"][name^="draw_"]').count().catch(() => 0);
          if (chosen > 0) faults.push(`${step + 1} times back: answers are there`);
        }
        await page.context().close();
        return faults;
      });
    }

    await checks.check('a double click shows it and stores one answer', async () => {
      const page = await openPage(browser, { width: 360, height: 800, script: false });
      await page.goto(`${project.url}${PATH.ja}`);
      await byHand(page, ROWS.ahead);
      await send(page);
      await byHand(page, ROWS.now);
      await send(page);
      await page.locator('button[value="send"]').dblclick();
      await page.waitForSelector('#result');
      const faults = [];
      held(await told(page), 'ja', faults, 'twice');
      await page.context().close();
      return faults;
    });

    for (const [lang, scheme] of [['ja', 'light'], ['en', 'dark']]) {
      await checks.check(`from a folder, without a network, the same is worked out: ${lang}`, async () => {
        const faults = [];
        const page = await openPage(browser, { width: 360, height: 800, scheme, offline: true });
        await page.goto(pathToFileURL(join(output, `${PATH[lang]}/offline.html`)).href);
        await byHand(page, ROWS.ahead);
        await page.locator('#next').click();
        await byHand(page, ROWS.now);
        await page.locator('#next').click();
        if (await page.locator('#result').isVisible()) faults.push('it is there before the answers are complete');
        const coming = page.waitForEvent('download');
        await page.locator('#save').click();
        await coming;
        const came = await told(page);
        held(came, lang, faults, 'from a folder');
        const there = results[lang];
        if (there && JSON.stringify(came) !== JSON.stringify(there)) faults.push(`differs from the server’s: ${JSON.stringify(came)} / ${JSON.stringify(there)}`);
        await look(page, `${lang} from a folder`, faults);
        await shoot(page, `device-${lang}-${scheme}`);
        const own = page.waitForEvent('download');
        await page.locator('#result-save').click();
        const file = join(files, `device-${lang}.html`);
        await (await own).saveAs(file);
        const taken = await openPage(browser, { width: 360, height: 800, scheme, offline: true });
        await taken.goto(pathToFileURL(file).href);
        held(await told(taken), lang, faults, 'its file');
        await look(taken, `${lang} file from a folder`, faults);
        if (/hidden|data-band="[^"]*" hidden/.test(readFileSync(file, 'utf8').split('</style>')[1].replaceAll(/class="hidden"|aria-hidden/g, ''))) faults.push('the file holds more than its result');
        faults.push(...page.account.requests.filter((url) => !/^(file|data|blob):/.test(url)).map((url) => `asked for ${url}`), ...page.account.errors, ...taken.account.errors);
        await taken.context().close();
        // Back at the answers it is gone, and changed answers change it
        await page.locator('#back-to-answers').click();
        if (await page.locator('#result').isVisible()) faults.push('it stays while answers are changed');
        await page.context().close();
        return faults;
      });
    }

    await checks.check('on paper the result stands alone on A4', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 1280 });
      await answered(page, 'ja');
      await page.emulateMedia({ media: 'print' });
      for (const hidden of ['.promise', '.result-own', '.result-jump']) if (await page.locator(hidden).first().isVisible()) faults.push(`${hidden} is printed`);
      const pdf = join(files, 'result.pdf');
      await page.pdf({ path: pdf, preferCSSPageSize: true, printBackground: true });
      if (shots) writeFileSync(join(shots, 'result.pdf'), readFileSync(pdf));
      try {
        const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
        for (const words of ['いまのあなたの形', '自分のものになっている', '診断ではなく']) if (!text.includes(words)) faults.push(`paper does not say ${words}`);
      } catch (error) {
        if (error.code !== 'ENOENT' || process.env.SHIRUBE_REFERENCE === 'wanted') throw error;
      }
      await page.context().close();
      return faults;
    });

    await checkKept(checks, html);
  } finally {
    rmSync(files, { recursive: true, force: true });
    await project.remove();
  }
}
