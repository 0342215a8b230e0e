// Worksheets on paper: nothing that was written is cut off, blank ones have room to write, and what matters stands on one page.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { each, some } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';

const MILLIMETRE = 96 / 25.4;
// Fonts may write a letter as one that only looks like it
const bare = (text) => text.normalize('NFKC').replace(/\s+/g, '');
const LETTERS = '会議資料図手順後輩点検工程相談引継改善現場朝昼夜春夏秋冬山川海空';
/** Two hundred letters that stand nowhere else. */
const long = (number) => Array.from({ length: 200 }, (_, at) => (at % 10 === 0 ? String(number % 10) : LETTERS[(number * 7 + at * (1 + number % 5)) % LETTERS.length])).join('');

/** What is written on the sheet, a text a field, as a person reads it. */
const written = (page) => page.locator('#sheet .field').evaluateAll((all) => all.map((field) => [field.name, field.tagName === 'SELECT' ? (field.value && field.selectedOptions[0].label) : field.value]).filter(([, text]) => text !== ''));
/** What the results say, a text a cell, line or item. */
const said = (page) => page.locator('.w-made').evaluateAll((all) => all.flatMap((made) => Array.from(made.querySelectorAll('p, li, dt, dd, th, td, h3'))).filter((one) => !one.querySelector('li, p') && one.textContent.trim() !== '').map((one) => one.textContent));

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const folder = mkdtempSync(join(tmpdir(), 'shirube-paper-'));
  const shots = process.env.SHIRUBE_SHOTS;
  try {
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    const output = join(project.root, 'output', readdirSync(join(project.root, 'output')).find((name) => name !== '.gitignore'));
    const modules = join(output, 'modules');
    const sheets = readdirSync(modules, { recursive: true }).map(String).filter((file) => /^[\w-]+[\\/]worksheets[\\/][\w-]+\.html$/.test(file)).sort();
    const only = process.env.SHIRUBE_SHEETS;
    const tried = some(sheets.filter((sheet) => !only || new RegExp(only).test(sheet)), 'worksheet');

    const open = async (sheet, language, options = {}) => {
      const page = await openPage(browser, { width: 1280, offline: true, ...options });
      page.on('dialog', (dialog) => dialog.accept());
      await page.goto(pathToFileURL(join(output, language === 'en' ? 'en' : '', 'modules', sheet)).href);
      if (options.script !== false) await page.evaluate(() => { window.print = () => {}; });
      return page;
    };
    /** The pages of the paper: how many, and what stands on each in the order in which it was put there; unread where there is no poppler. */
    const paper = async (page, name) => {
      const file = join(shots ?? folder, `${name}.pdf`);
      if (shots) mkdirSync(shots, { recursive: true });
      const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
      writeFileSync(file, pdf);
      try {
        return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8', maxBuffer: 1 << 26 }).split('\f').slice(0, -1);
      } catch (error) {
        if (error.code !== 'ENOENT' || process.env.SHIRUBE_REFERENCE === 'wanted') throw error;
        return (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).map(() => null);
      }
    };
    const lost = (pages, texts) => {
      if (pages.includes(null)) return [];
      const all = bare(pages.join(''));
      return texts.filter(([, text]) => !all.includes(bare(text))).map(([name, text]) => `${name} is not whole on paper: ${text.slice(0, 60)}`);
    };
    const all = tried.flatMap((sheet) => ['ja', 'en'].map((language) => [sheet, language, `${sheet.replace(/[\\/]worksheets[\\/]/, '-').replace('.html', '')}.${language}`]));
    const every = (work) => each(all, async ([sheet, language, name]) => (await work(sheet, language, name)).map((fault) => `${name}: ${fault}`));

    await checks.check('the example is whole on paper, and no page of it is nearly empty', () => every(async (sheet, language, name) => {
      const page = await open(sheet, language);
      await page.locator('#sample').click();
      await page.locator('#sheet .field, #sheet input').first().focus();
      const pages = await paper(page, `filled-${name}`);
      const faults = lost(pages, await written(page));
      pages.forEach((text, at) => { if (text !== null && bare(text).length < 120) faults.push(`page ${at + 1} of ${pages.length} is nearly empty: ${text}`); });
      // What was marked is seen by more than a background, which printers leave out
      await page.emulateMedia({ media: 'print' });
      const ringed = await page.evaluate(() => Array.from(document.querySelectorAll('.worksheet *')).filter((one) => one.matches(':focus') && getComputedStyle(one).outlineStyle !== 'none' && getComputedStyle(one).outlineWidth !== '0px').map((one) => one.name));
      if (ringed.length) faults.push(`the focus ring is printed round ${ringed}`);
      const pale = await page.locator('#sheet input:checked').evaluateAll((all) => all.filter((one) => getComputedStyle(one).printColorAdjust !== 'exact').map((one) => one.name));
      if (pale.length) faults.push(`a mark that a printer may leave out: ${pale}`);
      await page.context().close();
      return faults;
    }));

    await checks.check('two hundred letters in every field are whole on paper', () => every(async (sheet, language, name) => {
      const page = await open(sheet, language);
      const texts = await page.evaluate(() => Array.from(document.querySelectorAll('#sheet .field'), (field) => field.tagName !== 'SELECT' && field.dataset.kind === undefined ? field.name : '').filter(Boolean));
      const values = Object.fromEntries(texts.map((field, at) => [field, long(at)]));
      await page.evaluate((given) => {
        Array.from(document.querySelectorAll('#sheet .field')).forEach((field) => {
          if (given[field.name] !== undefined) field.value = given[field.name];
          else if (field.tagName === 'SELECT') field.selectedIndex = field.options.length - 1;
          else field.value = field.dataset.kind === 'month' ? '2015-04' : '7';
        });
        document.querySelectorAll('.later').forEach((row) => row.classList.add('seen'));
        document.getElementById('sheet').dispatchEvent(new Event('input', { bubbles: true }));
      }, values);
      await page.waitForTimeout(300);
      const faults = lost(await paper(page, `long-${name}`), await written(page));
      // One page of so much says what it leaves out
      await page.locator('#print-one').click({ timeout: 60_000 });
      await page.locator('html.print-one').waitFor({ state: 'attached' });
      const pages = await paper(page, `one-long-${name}`);
      if (texts.length > 12 && pages.length === 1 && pages[0] !== null && !/ほかに|more\./.test(pages[0])) faults.push('one page leaves words out and does not say so');
      if (pages.length > 1 && (await page.locator('#status').innerText()) === '') faults.push('takes more than one page and does not say so');
      await page.context().close();
      return faults;
    }));

    await checks.check('blank, there is room to write in every field and below every question, without a script too', () => every(async (sheet, language, name) => {
      const faults = [];
      for (const script of language === 'ja' ? [true] : [false]) {
        const page = await open(sheet, language, { script });
        if (shots && script) await paper(page, `blank-${name}`);
        await page.emulateMedia({ media: 'print' });
        const low = await page.locator('#sheet .field').evaluateAll((all, least) => all.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < least).map((one) => one.name), 8.5 * MILLIMETRE);
        if (low.length) faults.push(`script ${script}: no room to write in ${low}`);
        if ((await page.locator('#sheet .field').evaluateAll((all) => all.filter((one) => one.checkVisibility()).length)) === 0 && (await page.locator('#sheet input').count()) === 0) faults.push('nothing to fill in');
        const answers = await page.locator('.w-reflect li').evaluateAll((all, least) => all.map((one) => Array.from(one.querySelectorAll('.w-answer'), (line) => line.getBoundingClientRect().height >= least).some(Boolean)), 17 * MILLIMETRE);
        if (answers.includes(false)) faults.push(`script ${script}: a question without lines to answer on`);
        await page.context().close();
      }
      return faults;
    }));

    await checks.check('the results of the example stand on one page, from a desk and from a phone', () => every(async (sheet, language, name) => {
      const faults = [];
      for (const width of language === 'ja' ? [1280] : [360]) {
        const page = await open(sheet, language, { width });
        if (await page.locator('#print-one').isVisible()) faults.push('one page is offered of a blank sheet');
        await page.locator('#sample').click();
        await page.locator('#print-one').click();
        await page.locator('html.print-one').waitFor({ state: 'attached' });
        const pages = await paper(page, `one-${width}-${name}`);
        if (pages.length !== 1) faults.push(`${pages.length} pages from ${width} px`);
        faults.push(...lost(pages, some(await said(page), 'result').map((text) => ['a result', text])));
        const left = /ほかに\d+あります|on one page: \d+/.exec(pages.join(''));
        if (left) faults.push(`the example does not fit: ${left[0]}`);
        const drawn = await page.evaluate(() => [document.querySelectorAll('.w-made svg[role="img"]').length > 0, document.querySelectorAll('.w-one svg').length > 0]);
        if (drawn[0] !== drawn[1]) faults.push('the picture is not on the page');
        faults.push(...page.account.errors);
        await page.context().close();
      }
      return faults;
    }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await project.remove();
  }
}
