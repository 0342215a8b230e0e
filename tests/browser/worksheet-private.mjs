// Points that somebody keeps from others, on a life line: what is printed and a copy to show are, to the byte, those of somebody who never
// wrote them; the person's own file keeps everything.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';

const POINTS = [['16', '60', 'brass band', 'proud'], ['19', '-30', 'another department', 'lost'], ['24', '-40', 'moved', 'alone'], ['27', '55', 'the manual', 'useful'], ['31', '-10', 'the team ended', 'quiet'], ['36', '50', 'one thing', 'calm']];
const SECRET = ['22', '-95', 'zzz-secret', 'zzz-felt'];
const settled = (page) => page.waitForTimeout(260);

/** Writes points row by row; those marked are kept from others. */
async function write(page, rows) {
  for (const [at, [values, kept]] of rows.entries()) {
    const row = page.locator('#part-points .w-rows > li').nth(at);
    if (!(await row.isVisible())) await page.locator('[data-more="points"]').click();
    for (const [column, value] of [['x', values[0]], ['y', values[1]], ['event', values[2]], ['feeling', values[3]]]) await page.locator(`[name="points.${at + 1}.${column}"]`).fill(value);
    if (kept) await page.locator(`[name="points.${at + 1}.private"]`).check();
  }
  await settled(page);
}
/** All that paper shows: texts, values of fields, drawings. */
const onPaper = async (page) => {
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => {
    const out = [];
    const walk = (node) => {
      if (node.nodeType === Node.TEXT_NODE) {
        if (node.data.trim()) out.push(node.data.trim());
        return;
      }
      if (node.nodeType !== Node.ELEMENT_NODE || !(node.checkVisibility() || node.tagName === 'OPTION')) return;
      if (node.matches('input, textarea, select')) out.push(`[${node.type === 'checkbox' ? node.checked : node.value}]`);
      const drawn = node.namespaceURI.endsWith('svg') ? ['d', 'points', 'cx', 'cy', 'x', 'y'].map((name) => node.getAttribute(name)).filter(Boolean) : [];
      if (drawn.length) out.push(drawn.join(' '));
      if (node.tagName !== 'SELECT') node.childNodes.forEach(walk);
    };
    walk(document.querySelector('main'));
    return out.join('\n');
  });
  await page.emulateMedia({ media: null });
  return seen;
};
async function saved(page, button) {
  const coming = page.waitForEvent('download');
  await page.locator(button).click();
  const download = await coming;
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8'), said: await page.locator('#status').innerText() };
}
/** The one page of paper, as it is made. */
async function onOnePage(page) {
  await page.locator('#print-one').click();
  await page.locator('html.print-one').waitFor({ state: 'attached' });
  const made = await page.locator('.w-one').innerHTML();
  await page.evaluate(() => document.documentElement.classList.remove('print-one'));
  return made;
}
const pagesOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    const output = join(project.root, 'output', readdirSync(join(project.root, 'output')).find((name) => name !== '.gitignore'));
    const open = async (language, width) => {
      const page = await openPage(browser, { width, height: 900, offline: true });
      page.on('dialog', (dialog) => dialog.accept());
      await page.goto(pathToFileURL(join(output, `${language === 'en' ? 'en/' : ''}modules/life-plan/worksheets/life-line.html`)).href);
      return page;
    };
    await checks.check('points kept from others leave nothing on paper or in a copy that tells of them; one’s own file has everything', async () => {
      const faults = [];
      for (const [language, width, count, place] of [['ja', 360, 3, 2], ['en', 1280, 6, 2], ['ja', 1280, 6, 0], ['en', 360, 4, 4]]) {
        const say = (fault) => faults.push(`${language} ${width}, ${count} points, one at ${place}: ${fault}`);
        const known = POINTS.slice(0, count).map((values) => [values, false]);
        const without = await open(language, width);
        await write(without, known);
        const page = await open(language, width);
        await write(page, [...known.slice(0, place), [SECRET, true], ...known.slice(place)]);
        // On the screen everything is there, and what is left out can be chosen
        if (!(await page.locator('.w-points-told').first().innerText()).includes('zzz-secret')) say('the person does not see the point');
        if (!(await page.locator('#hide').isVisible()) || !(await page.locator('#hide').isChecked())) say('leaving points out is not offered, or not what happens by itself');
        if (await without.locator('#hide').isVisible()) say('it is offered where nothing is kept');
        (await violations(page)).forEach((fault) => say(fault));
        const [mine, other] = [await onPaper(page), await onPaper(without)];
        if (mine !== other) say(`paper differs: ${mine.split('\n').filter((line) => !other.split('\n').includes(line)).slice(0, 6).join(' / ')} | ${other.split('\n').filter((line) => !mine.split('\n').includes(line)).slice(0, 6).join(' / ')}`);
        if (/zzz/.test(mine)) say('paper has the point');
        const [one, another] = [await onOnePage(page), await onOnePage(without)];
        if (one !== another || /zzz/.test(one)) say(`the one page differs: ${one.slice([...one].findIndex((letter, at) => letter !== another[at])).slice(0, 160)}`);
        const [print, plain] = [await page.pdf({ preferCSSPageSize: true }), await without.pdf({ preferCSSPageSize: true })];
        if (pagesOf(print) !== pagesOf(plain)) say(`${pagesOf(print)} sheets of paper, ${pagesOf(plain)} without the point`);
        const [copy, twin] = [await saved(page, '#save-shown'), await saved(without, '#save-shown')];
        if (copy.text !== twin.text || copy.name !== twin.name) say(`the copy to show differs from one without the point: ${copy.name} ${copy.text}`);
        if (!(language === 'ja' ? /点は入っていません/ : /no points that you keep/).test(copy.said)) say(`a copy is told of as ${copy.said}`);
        const own = await saved(page, '#save');
        if (!/zzz-secret[^]*zzz-felt|zzz-felt[^]*zzz-secret/.test(own.text) || !(language === 'ja' ? /全部/ : /Everything/).test(own.said) || own.name === copy.name) say(`one’s own file: ${own.name}, ${own.said}`);
        // Nothing of the sheet is lost by printing
        if ((await page.locator(`[name="points.${place + 1}.event"]`).inputValue()) !== 'zzz-secret') say('printing loses the point');
        await page.setInputFiles('#open', { name: own.name, mimeType: 'application/json', buffer: Buffer.from(own.text) });
        await settled(page);
        if (!(await page.locator(`[name="points.${place + 1}.private"]`).isChecked())) say('opened again, the point is no longer kept');
        // With the box unticked, everything, and paper says so
        await page.locator('#hide').uncheck();
        const all = await onPaper(page);
        if (!/zzz-secret/.test(all) || !(language === 'ja' ? /自分用：/ : /For me alone:/).test(all)) say('unticked, paper lacks the point or the word that it is one’s own');
        const whole = await saved(page, '#save-shown');
        if (!/zzz/.test(whole.text) || !(language === 'ja' ? /自分用/ : /for you alone/).test(whole.said)) say(`unticked, a copy: ${whole.said}`);
        await page.locator('[name="points.1.x"]').focus();
        await page.reload();
        faults.push(...page.account.errors, ...without.account.errors);
        await page.context().close();
        await without.context().close();
      }
      return faults;
    });
    await checks.check('a sheet with nothing but what is kept prints like a blank one', async () => {
      const faults = [];
      const [page, blank] = [await open('ja', 1280), await open('ja', 1280)];
      await write(page, [[SECRET, true]]);
      const [mine, other] = [await onPaper(page), await onPaper(blank)];
      if (mine !== other) faults.push(`differs: ${mine.split('\n').filter((line) => !other.split('\n').includes(line)).slice(0, 6).join(' / ')}`);
      await page.context().close();
      await blank.context().close();
      return faults;
    });
  } finally {
    await project.remove();
  }
}
