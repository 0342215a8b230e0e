// Worksheets: each filled in by keyboard, worked out, drawn, printed, saved, erased and opened again, in both languages, from a folder
// without a network; nothing is asked for, nothing is left in the browser; served, a sheet is kept as long as it says.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { checkKept } from './nu.mjs';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';

// What each sheet is known by: fields that are typed, radios and ticks that are set, and what must then stand in its results.
const SHEETS = {
  'strengths/will-can-must': { type: { 'want.1.line': 'teach', 'can.1.line': 'draw', 'can.1.with_1': '１', 'must.1.line': 'newcomers', 'must.1.with_2': '1' }, tick: ['can.1.elsewhere'], says: [/1\s+teach ― draw ― newcomers/], pictures: 1 },
  'strengths/strength-cards': { type: { 'words.w1.others': '2', 'words.w3.others': '3' }, tick: ['words.w1.own', 'words.w2.own'], says: [/33%/, /47|45/, /\n[^|\n]+ \| 2 \| [25](\n|$)/], pictures: 1 },
  'strengths/strengths-check': { radio: { 'items.notice_1': '4', 'items.notice_2': '4', 'items.notice_3': '2' }, type: { 'items.notice.important': '9', 'items.notice.used': '4' }, says: [/\b4\b/, /\b5\b/], pictures: 2 },
  'strengths/career-inventory': { type: { 'jobs.1.from': '2015年4月', 'jobs.1.to': '2017-03', 'jobs.1.role': 'designer', 'jobs.1.skills': 'drawing、teaching', 'jobs.1.level': '4', 'jobs.1.feeling': '3' }, says: [/2015\.4 – 2017\.3 \| designer \| 3/, /\n1 \| drawing \| 2 \| 4 \| 3 \| (好き・強い|Liked, strong)/, /\n2 \| teaching \| 2 \| 4 \| 3 \|/], pictures: 3 },
  'strengths/twenty-questions': { type: { 'asked.q1': 'I draw it', 'asked.q2': 'Draw and teach', 'words.1.word': 'draw', 'sentence.when': 'it is late', 'sentence.what': 'wait', 'sentence.whom': 'all' }, says: [/\b2\b/, /wait/], pictures: 1 },
  'life-plan/life-line': { type: { 'points.1.x': '30', 'points.1.y': '50', 'points.1.event': 'second', 'points.2.x': '２０', 'points.2.y': '−40', 'points.2.event': 'first' }, choose: { 'points.1.category': 'work' }, says: [/\n1 \| 20 \| −40 \| first \| (谷|Dip)\n2 \| 30 \| 50 \| second \| (山|Peak)/, /\+90/], pictures: 1 },
  'life-plan/life-plan': { type: { 'people.me.born': '平成3年', 'people.child1.name': 'Aoi', 'people.child1.born': '2027', 'events.1.month': '4', 'events.1.prepare': '2026', 'money.start': '2025', 'money.years': '2', 'money.savings': '1,160', 'money.rate': '1', 'money.own.amount': '60', 'events.1.event': 'car', 'events.1.year': '2027', 'events.1.cost': '2000', 'scenarios.1.name': 'later', 'scenarios.1.move': '1', 'scenarios.1.to': '2040' }, choose: { 'events.1.who': 'car' }, says: [/1,232/, /2027/, /\n[^|\n]+ \| [^|\n]+ \| Aoi \| [^|\n]+\n2025 \| 34 \| – \| –\n/, /\n2027 \| 36 \| 0 \| 1 car\n/, /1 car \| 2027-04 \| 2,000 \| 2026 \| (まだ|Open)\n/], pictures: 1 },
  'mission-statement/mission-statement': { type: { 'draft.whom': '後輩が', 'draft.change': '動ける', 'draft.strength': '図', 'draft.deed': '描く。', 'values.1.value': 'Patience', 'roles.1.role': 'aunt' }, choose: { 'roles.1.time': 'little' }, says: [/後輩が動けるように、図を使って、描く。|後輩が can 動ける/, /[Pp]atience/, /今週使った時間：少ない|Time this week: A little/], pictures: 0, print: /後輩/ },
  'mission-statement/values-cards': { radio: { 'cards.v1.pile': 'most' }, choose: { 'top.1.card': 'v1' }, type: { 'top.1.lived': '3' }, says: [/100%/, /\b7\b/], pictures: 1 },
  'mission-statement/work-values-by-threes': { radio: { 'sets.1.best': 'growth', 'sets.1.worst': 'people' }, says: [/11/], pictures: 1 },
  'mission-statement/work-values': { radio: { 'pairs.growth.freedom': 'freedom' }, says: [/27/], pictures: 1 },
};

const named = (page, name) => page.locator(`[name="${name}"]`);
/** What stands in the results, without what is only drawn: a line each, the cells of a row side by side. */
const results = (page) => page.locator('.w-made').evaluateAll((all) => all.map((made) => Array.from(made.querySelectorAll('h3, p, li, dt, dd, tr, span.note, .w-wheel'))
  .filter((one) => !one.matches('.w-wheel *, tr *, .w-wheel') && !one.querySelector('li, p') && !one.closest('svg'))
  .map((one) => (one.tagName === 'TR' ? Array.from(one.children, (cell) => cell.textContent).join(' | ') : one.textContent).trim()).filter(Boolean).join('\n')).join('\n'));
const EXPECTED = new URL('../expected/worksheets/', import.meta.url);
export const settled = (page) => page.waitForTimeout(260);
/** Everything that a browser could keep of this page. */
const left = (page) => page.evaluate(async () => {
  const bases = indexedDB.databases ? await indexedDB.databases().catch(() => []) : [];
  return [localStorage.length && 'localStorage', sessionStorage.length && 'sessionStorage', document.cookie && 'a cookie', bases.length && 'a database'].filter(Boolean);
});

/** Moves on by Tab until a control has the focus. */
async function tabTo(page, name, value) {
  for (let step = 0; step < 500; step += 1) {
    const here = await page.evaluate(() => [document.activeElement?.name ?? '', document.activeElement?.value ?? '', document.activeElement?.type ?? '']);
    if (here[0] === name) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${name}${value ? ` ${value}` : ''}`);
}

/** Fills in a sheet by keyboard alone, in the order of the page. */
export async function byKeyboard(page, { type = {}, tick = [], radio = {}, choose = {} }) {
  const order = await page.evaluate(() => Array.from(document.querySelectorAll('#sheet [name]'), (control) => control.name));
  const place = (name) => order.indexOf(name);
  const wanted = [...Object.keys(type), ...tick, ...Object.keys(radio), ...Object.keys(choose)];
  for (const name of wanted) if (place(name) < 0) throw new Error(`there is no field ${name}`);
  wanted.sort((a, b) => place(a) - place(b));
  // The list of cards is folded away while they are dealt
  for (const fold of await page.locator('.w-deal-more [aria-expanded="false"]').all()) await fold.press('Enter');
  await page.locator('#own, #print').last().focus();
  for (const name of wanted) {
    await tabTo(page, name);
    if (name in type) await page.keyboard.type(type[name]);
    else if (tick.includes(name)) await page.keyboard.press('Space');
    else if (name in radio) {
      const values = await named(page, name).evaluateAll((all) => all.map((one) => one.value));
      await page.keyboard.press('Space');
      for (let step = 0; step < values.indexOf(radio[name]); step += 1) await page.keyboard.press('ArrowDown');
    } else {
      const values = await named(page, name).locator('option').evaluateAll((all) => all.map((one) => one.value));
      for (let step = 0; step < values.indexOf(choose[name]); step += 1) await page.keyboard.press('ArrowDown');
    }
  }
  await settled(page);
}

const written = (page) => page.evaluate(() => Array.from(document.querySelectorAll('#sheet [name]')).filter((one) => (one.type === 'checkbox' || one.type === 'radio' ? one.checked : one.value !== '')).map((one) => `${one.name}=${one.value}`).sort().join('\n'));

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const files = mkdtempSync(join(tmpdir(), 'shirube-worksheets-'));
  const shots = process.env.SHIRUBE_SHOTS;
  try {
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    const output = join(project.root, 'output', readdirSync(join(project.root, 'output')).find((name) => name !== '.gitignore'));
    const path = (sheet, language) => `${language === 'en' ? 'en/' : ''}modules/${sheet.replace('/', '/worksheets/')}.html`;
    const shipped = ['strengths', 'life-plan', 'mission-statement'].flatMap((module) => readdirSync(join(output, 'modules', module, 'worksheets')).map((file) => `${module}/${file.replace('.html', '')}`));
    await checks.check('every shipped worksheet is tried here', () => shipped.filter((sheet) => !(sheet in SHEETS)));
    const html = new Map();

    for (const [sheet, known] of Object.entries(SHEETS)) {
      await checks.check(`${sheet}: by keyboard, worked out, drawn, printed, saved, opened, from a folder`, async () => {
        const faults = [];
        for (const [language, width, scheme] of [['ja', 360, 'light'], ['en', 1280, 'dark']]) {
          const say = (fault) => faults.push(`${language}: ${fault}`);
          const page = await openPage(browser, { width, height: 800, scheme, offline: true });
          page.on('dialog', (dialog) => dialog.accept());
          await page.goto(pathToFileURL(join(output, path(sheet, language))).href);
          const blank = await results(page);
          (await violations(page)).forEach((fault) => say(`blank: ${fault}`));
          await byKeyboard(page, known);
          const said = await results(page);
          for (const pattern of known.says) if (!pattern.test(said)) say(`nothing like ${pattern} in: ${said.slice(0, 400)}`);
          if (said === blank) say('nothing was worked out');
          const drawn = await page.locator('.w-made svg[role="img"]').evaluateAll((all) => all.filter((one) => one.checkVisibility()).length);
          if (drawn !== known.pictures) say(`${drawn} pictures, not ${known.pictures}`);
          const named_ = await page.locator('.w-made svg[role="img"] > title').evaluateAll((all) => all.every((one) => one.textContent.trim() !== ''));
          if (!named_) say('a picture has no name');
          const told = await page.locator('.w-made').evaluateAll((all) => all.every((made) => !made.querySelector('svg[role="img"]') || made.querySelector('.table tbody tr, .w-list > div')));
          if (!told) say('a picture without its numbers in a table or a list');
          const described = await page.locator('.w-made svg[role="img"] > desc').evaluateAll((all) => all.every((one) => one.textContent.trim() !== ''));
          if (!described) say('a picture that does not say where its numbers are');
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          if (wide > 0) say(`${wide} px wider than the window`);
          (await violations(page)).forEach((fault) => say(`filled: ${fault}`));
          html.set(`${sheet} ${language}`, await page.content());
          // Paper
          await page.emulateMedia({ media: 'print' });
          if (!(await page.locator('.w-made').first().isVisible())) say('paper does not show what was worked out');
          if (await page.locator('#save').isVisible()) say('paper shows buttons');
          await page.emulateMedia({ media: 'screen' });
          // Saved, erased, opened
          const before = await written(page);
          const coming = page.waitForEvent('download');
          await page.locator('#save').focus();
          await page.keyboard.press('Enter');
          const file = join(files, `${language}-${sheet.replace('/', '-')}.json`);
          await (await coming).saveAs(file);
          if (await page.locator('#erase').isVisible()) say('erasing what is kept is offered where nothing is kept');
          await page.locator('#clear').focus();
          await page.keyboard.press('Enter');
          await settled(page);
          if ((await written(page)) !== '') say('cleared, and something is left');
          await page.setInputFiles('#open', file);
          await settled(page);
          if ((await written(page)) !== before) say('the opened file is not what was saved');
          if ((await results(page)) !== said) say('the opened file says something else');
          (await left(page)).forEach((where) => say(`something is left in ${where}`));
          page.account.requests.filter((url) => !/^(file|data|blob):/.test(url)).forEach((url) => say(`asked for ${url}`));
          page.account.errors.forEach(say);
          // The example
          await page.locator('#sample').click();
          await settled(page);
          const example = `${await results(page)}\n`;
          if (/書きこむと、ここに出ます|appears as you write/.test(example)) say('the example leaves a result empty');
          const kept = new URL(`${sheet.replace('/', '-')}.${language}.txt`, EXPECTED);
          if (process.env.SHIRUBE_BLESS) writeFileSync(kept, example);
          const read = existsSync(kept) ? readFileSync(kept, 'utf8') : '';
          if (example !== read) say(`the results of the example are not those of tests/expected/worksheets: ${example.split('\n').filter((line) => !read.split('\n').includes(line)).slice(0, 4).join(' / ')}`);
          // One's own words take the place of the draft
          if (sheet === 'mission-statement/mission-statement') {
            await named(page, 'own.1.statement').fill('わたしのことば。');
            await settled(page);
            const own = await results(page);
            await named(page, 'own.1.date').fill('2026-11-20');
            await page.locator('[data-more="own"]').click();
            await named(page, 'own.2.statement').fill('価値の最大化を推進し、synergy を保つ。');
            await settled(page);
            const later = await results(page);
            if (!/価値の最大化を/.test(later) || /わたしのことば|2026-11-20/.test(later)) say('the card does not have the last version');
            if (!(language === 'ja' ? /推進、最大化/ : /synergy/).test(later)) say('heavy words are not pointed out');
            if (!own.includes('わたしのことば。') || /はじめて機械にさわる人|people new to the machines|公平|fairness/.test(own)) say('the draft stands beside one’s own words');
          }
          (await violations(page)).forEach((fault) => say(`example: ${fault}`));
          if (shots) {
            mkdirSync(shots, { recursive: true });
            await page.screenshot({ path: join(shots, `worksheet-${sheet.replace('/', '-')}-${language}.png`), fullPage: true });
          }
          await page.context().close();
        }
        return faults;
      });
    }

    await checks.check('cards on paper: filled in and blank, four on a sheet or one, exactly as large as their paper', async () => {
      const faults = [];
      const sheetsOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
      for (const [sheet, filled, papers, language] of [['mission-statement/mission-statement', 4, 1, 'ja'], ['strengths/strength-cards', 5, 2, 'en'], ['mission-statement/values-cards', 5, 2, 'ja']]) {
        const page = await openPage(browser, { width: 1280, height: 800, offline: true });
        page.on('dialog', (dialog) => dialog.accept());
        await page.goto(pathToFileURL(join(output, path(sheet, language))).href);
        await page.evaluate(() => { window.print = () => {}; });
        const cards = page.locator('#cards-paper');
        const expect = async (about, selector, count, pages) => {
          await page.locator('#cards-print').click();
          const seen = await cards.locator(selector).count();
          if (seen !== count) faults.push(`${sheet}, ${about}: ${seen} cards, not ${count}`);
          if (await page.locator('#cards-status').innerText() !== '') faults.push(`${sheet}, ${about}: ${await page.locator('#cards-status').innerText()}`);
          const pdf = await page.pdf({ preferCSSPageSize: true });
          if (shots) {
            mkdirSync(shots, { recursive: true });
            writeFileSync(join(shots, `cards-${sheet.replace('/', '-')}-${about}.pdf`), pdf);
          }
          if (sheetsOf(pdf) !== pages) faults.push(`${sheet}, ${about}: ${sheetsOf(pdf)} sheets of paper, not ${pages}`);
        };
        await expect('nothing written', '.w-a6 .w-write', { 'strengths/strength-cards': 12, 'mission-statement/values-cards': 8 }[sheet] ?? 4, 1);
        await page.locator('#sample').click();
        await settled(page);
        await expect('four', '.w-a6 .w-card-head', filled, papers);
        // Cut where the marks are, a card is A6; nothing of it is cut off
        await page.evaluate(() => document.documentElement.classList.add('print-cards'));
        await page.emulateMedia({ media: 'print' });
        const sizes = await cards.locator('.w-a6').evaluateAll((all) => all.map((one) => [one.offsetWidth, one.offsetHeight, one.scrollHeight - one.clientHeight]));
        for (const [width, height, over] of sizes) if (Math.abs(width - 397) > 1 || Math.abs(height - 561) > 1 || over > 0) faults.push(`${sheet}: a card is ${width} × ${height}, ${over} too high`);
        if (await page.locator('h1').isVisible()) faults.push(`${sheet}: the sheet itself is printed too`);
        await page.emulateMedia({ media: null });
        await page.locator('#cards-one').check();
        await expect('one', '.w-a4', 1, 1);
        await page.locator('#cards-blank').check();
        await expect('blank', '[data-blank="one"]', 1, 1);
        if (sheet.endsWith('mission-statement')) {
          await page.locator('#cards-blank').uncheck();
          await page.locator('#cards-four').check();
          await named(page, 'own.1.statement').fill('長い文です。'.repeat(200));
          await settled(page);
          await page.locator('#cards-print').click();
          if (!/A4/.test(await page.locator('#cards-status').innerText()) || (await cards.locator('.w-a4').count()) !== 1) faults.push('a statement too long for A6 is not told');
        }
        faults.push(...page.account.errors);
        await page.context().close();
        const still = await openPage(browser, { width: 1280, script: false, offline: true });
        await still.goto(pathToFileURL(join(output, path(sheet, language))).href);
        await still.emulateMedia({ media: 'print' });
        if ((await still.locator('#cards-paper .w-a6').filter({ visible: true }).count()) !== 4) faults.push(`${sheet}: without a script no blank cards are printed`);
        if (shots) writeFileSync(join(shots, `cards-${sheet.replace('/', '-')}-no-script.pdf`), await still.pdf({ preferCSSPageSize: true }));
        await still.context().close();
      }
      return faults;
    });

    await checks.check('a sheet of another folder never sees what was written, and a phone is told', async () => {
      const faults = [];
      const other = join(files, 'elsewhere');
      cpSync(output, other, { recursive: true });
      const page = await openPage(browser, { width: 360, height: 800, offline: true });
      page.on('dialog', (dialog) => dialog.accept());
      await page.goto(pathToFileURL(join(output, path('life-plan/life-plan', 'ja'))).href);
      await named(page, 'money.savings').fill('777');
      await settled(page);
      await page.goto(pathToFileURL(join(other, path('life-plan/life-plan', 'ja'))).href);
      if ((await written(page)) !== '') faults.push('another folder sees a household budget');
      (await left(page)).forEach((where) => faults.push(`left in ${where}`));
      if (await page.locator('#own').isVisible()) faults.push('a device of one’s own is offered where nothing can be kept');
      if (await page.locator('#phone').isVisible()) faults.push('a laptop is taken for a phone');
      await page.context().close();
      const context = await browser.newContext({ userAgent: 'Mozilla/5.0 (Linux; Android 15) Mobile', offline: true });
      const phone = await context.newPage();
      await phone.goto(pathToFileURL(join(output, path('life-plan/life-plan', 'en'))).href);
      if (!(await phone.locator('#phone').isVisible())) faults.push('a phone is not told that it needs an address');
      await context.close();
      // An iPad calls itself a Mac, and has fingers on it
      const pad = await openPage(browser, { width: 1280, offline: true });
      await pad.addInitScript(() => Object.defineProperty(navigator, 'maxTouchPoints', { value: 5 }));
      await pad.addInitScript(() => Object.defineProperty(navigator, 'userAgent', { value: 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15' }));
      await pad.goto(pathToFileURL(join(output, path('life-plan/life-plan', 'en'))).href);
      if (!(await pad.locator('#phone').isVisible())) faults.push('an iPad is not told that it needs an address');
      await pad.context().close();
      return faults;
    });

    await checks.check('files that are none, or another sheet’s, change nothing', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 1280, offline: true });
      const asked = [];
      let yes = false;
      page.on('dialog', (dialog) => { asked.push(dialog.message()); return yes ? dialog.accept() : dialog.dismiss(); });
      await page.goto(pathToFileURL(join(output, path('life-plan/life-line', 'ja'))).href);
      await named(page, 'points.1.x').fill('20');
      const good = { format: 'shirube-worksheet', version: 1, sheet: 'life-plan/life-line', title: 'x', values: { 'points.1.x': '30', gone: 'x', '"]<b>': '<b>' } };
      for (const [text, expected] of [['{', /開けません/], ['[]', /開けません/], [JSON.stringify({ ...good, values: { 'points.1.x': 3 } }), /開けません/], [JSON.stringify({ ...good, sheet: 'a/b' }), /別のワークシート/]]) {
        await page.setInputFiles('#open', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
        await settled(page);
        if (!expected.test(await page.locator('#status').innerText())) faults.push(`${text}: ${await page.locator('#status').innerText()}`);
        if ((await named(page, 'points.1.x').inputValue()) !== '20') faults.push(`${text}: changed what was written`);
      }
      if (asked.length > 0) faults.push(`asks before it changes nothing: ${asked}`);
      for (const [answer, expected] of [[false, '20'], [true, '30']]) {
        yes = answer;
        await page.setInputFiles('#open', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(good)) });
        await settled(page);
        if ((await named(page, 'points.1.x').inputValue()) !== expected) faults.push(`${answer ? 'a good file was not opened' : 'a file replaces what is written against the person’s word'}`);
      }
      if (asked.length !== 2 || asked.some((words) => !/置きかわります/.test(words))) faults.push(`asks ${JSON.stringify(asked)}`);
      // The example asks the same
      yes = false;
      await page.locator('#sample').click();
      if (asked.length !== 3 || asked[2] !== asked[0] || (await named(page, 'points.1.x').inputValue()) !== '30') faults.push('the example does not ask like a file');
      const y = named(page, 'points.1.y');
      for (const [typed, words] of [['about 3', /−100から100までの数/], ['500', /−100から100までの数/], ['−１００', null], ['-101', /−100から100までの数/]]) {
        await y.fill(typed);
        await y.press('Tab');
        await settled(page);
        const told = await y.evaluate((field) => [field.getAttribute('aria-invalid'), (document.getElementById(field.getAttribute('aria-describedby') || 'x') || { innerText: '' }).innerText]);
        if (words === null ? told[0] !== null || told[1] !== '' : told[0] !== 'true' || !words.test(told[1])) faults.push(`${typed} is told of as ${told}`);
      }
      (await violations(page)).forEach((fault) => faults.push(`marked: ${fault}`));
      await named(page, 'points.2.x').fill('30');
      await named(page, 'points.2.y').fill('10');
      await named(page, 'points.3.x').fill('40');
      await named(page, 'points.3.y').fill('20');
      await settled(page);
      const out = await page.locator('.w-made svg circle').evaluateAll((all) => all.filter((one) => { const [y, height] = [Number(one.getAttribute('cy')), one.ownerSVGElement.viewBox.baseVal.height]; return y < 0 || y > height; }).length);
      if (out > 0) faults.push('a point outside its scale is drawn outside its drawing');
      if ((await page.locator('.w-points-told tbody tr').count()) !== 2) faults.push('a point outside its scale counts');
      faults.push(...page.account.errors);
      await page.context().close();
      return faults;
    });

    await checks.check('a job that goes on lasts until now in the table for the Job Card', async () => {
      const faults = [];
      for (const [language, now] of [['ja', '現在'], ['en', 'present']]) {
        const page = await openPage(browser, { width: 1280, offline: true });
        await page.goto(pathToFileURL(join(output, path('strengths/career-inventory', language))).href);
        for (const [name, text] of [['jobs.1.from', '2015-04'], ['jobs.1.to', '2019-03'], ['jobs.1.role', 'designer'], ['jobs.2.from', '2019-04'], ['jobs.2.role', 'teacher']]) await named(page, name).fill(text);
        await settled(page);
        const said = await results(page);
        if (!said.includes('2015.4 – 2019.3 | designer')) faults.push(`${language}: ${said.slice(0, 400)}`);
        if (!said.includes(`2019.4 – ${now} | teacher`)) faults.push(`${language}: nothing lasts until ${now} in ${said.slice(0, 400)}`);
        await page.context().close();
      }
      return faults;
    });

    await checks.check('a file from before its fields became rows keeps its statement, and tells what has no place', async () => {
      const faults = [];
      for (const [language, left] of [['ja', /次の内容は入れていません：2026年11月　次は来年の11月/], ['en', /no place any more for this: 2026年11月　次は来年の11月/]]) {
        const page = await openPage(browser, { width: 360, offline: true });
        page.on('dialog', (dialog) => dialog.accept());
        await page.goto(pathToFileURL(join(output, path('mission-statement/mission-statement', language))).href);
        await page.setInputFiles('#open', fileURLToPath(new URL('stage/mission-statement-before-rows.json', import.meta.url)));
        await settled(page);
        for (const [name, text] of [['own.1.statement', 'わたしは、新しい人の最初の一週間を守ります。'], ['own.1.date', ''], ['draft.whom', 'はじめて機械にさわる人が'], ['values.1.value', '急がせないこと']]) {
          const stands = await named(page, name).inputValue();
          if (stands !== text) faults.push(`${language}: ${name} is «${stands}»`);
        }
        if (!/最初の一週間を守ります/.test(await results(page))) faults.push(`${language}: the card does not have it`);
        const status = await page.locator('#status').innerText();
        if (!left.test(status)) faults.push(`${language}: ${status}`);
        faults.push(...page.account.errors);
        await page.context().close();
      }
      return faults;
    });

    await checks.check('what is written and not counted is told of; too many cards are counted in words', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 360, offline: true });
      await page.goto(pathToFileURL(join(output, path('strengths/career-inventory', 'ja'))).href);
      for (const [name, text] of [['jobs.1.from', '2015-04'], ['jobs.1.to', '平成30年3月'], ['jobs.1.role', '検査'], ['jobs.2.from', '2018-04'], ['jobs.2.to', '今月ごろ'], ['jobs.2.role', '改善'], ['jobs.3.from', '2020-04'], ['jobs.3.to', '2019-04'], ['jobs.3.place', '本社']]) await named(page, name).fill(text);
      await named(page, 'jobs.3.place').press('Tab');
      await settled(page);
      let said = await results(page);
      for (const pattern of [/2行目は数えていません：「まで」を読み取れません。/, /3行目は数えていません：「まで」が「から」より前です。/, /合わせて3年です/]) if (!pattern.test(said)) faults.push(`nothing like ${pattern} in: ${said.slice(0, 300)}`);
      if (!/年と月を書いて/.test(await page.locator('[id="f-jobs-2-to-off"]').innerText())) faults.push('a month that cannot be read is not told of below its field');
      (await violations(page)).forEach((fault) => faults.push(`jobs: ${fault}`));
      await page.goto(pathToFileURL(join(output, path('life-plan/life-plan', 'en'))).href);
      for (const [name, text] of [['events.1.event', 'car'], ['events.1.year', '2026'], ['events.2.event', 'school'], ['events.2.year', '2040'], ['events.2.cost', '20'], ['money.start', '2025'], ['money.years', '3'], ['money.own.amount', '300']]) await named(page, name).fill(text);
      await settled(page);
      said = await results(page);
      if (!/Row 2 is not in the drawing or the table: 2040 lies outside 2025 to 2028/.test(said) || /Row 1/.test(said)) faults.push(`events: ${said.slice(0, 300)}`);
      // Years that are none are told of in words, below their fields; ages that do not fit, and preparing too late, above the drawing
      for (const [name, text] of [['events.1.year', '202'], ['scenarios.1.from', '-5'], ['people.me.born', '34'], ['people.partner.born', '1990'], ['events.3.event', 'move'], ['events.3.year', '2026'], ['events.3.prepare', '2027'], ['events.3.month', '13']]) await named(page, name).fill(text);
      await named(page, 'events.3.month').press('Tab');
      await settled(page);
      for (const [id, words] of [['events-1-year', /from 1900 to 2200/], ['scenarios-1-from', /from 1900 to 2200/], ['people-me-born', /like 1991/], ['events-3-month', /from 1 to 12/]]) if (!words.test(await page.locator(`[id="f-${id}-off"]`).innerText())) faults.push(`${id} is not told of below its field`);
      for (const name of ['events.1.year', 'events.1.prepare', 'events.1.month', 'scenarios.1.from', 'scenarios.1.until', 'scenarios.1.to']) if ((await named(page, name).getAttribute('inputmode')) !== 'decimal') faults.push(`${name} has no keypad of digits`);
      await named(page, 'people.me.born').fill('1991');
      await named(page, 'money.age').fill('40');
      await settled(page);
      said = await results(page);
      for (const pattern of [/age in the money table \(40\) is not that by the year of birth \(34\)/, /Row 3: preparing begins after the event/, /\n2025 \| 40 \| 35 \| –\n/]) if (!pattern.test(said)) faults.push(`nothing like ${pattern} in: ${said.slice(0, 600)}`);
      (await violations(page)).forEach((fault) => faults.push(`years: ${fault}`));
      // People and events alone are drawn without money
      await page.locator('[name="money.own.amount"]').fill('');
      await settled(page);
      if ((await page.locator('.w-made svg[role="img"]').filter({ visible: true }).count()) !== 1 || !/\n2026 \| 41 \| 36 \| /.test(await results(page))) faults.push('without money there is no calendar');
      await page.goto(pathToFileURL(join(output, path('strengths/strength-cards', 'ja'))).href);
      const count = page.locator('[data-pick]');
      const own = page.locator('#sheet input[type="checkbox"][name$=".own"]');
      if (!/^0 \/ 5/.test(await count.innerText())) faults.push(`nothing picked: ${await count.innerText()}`);
      for (let at = 0; at < 7; at += 1) await own.nth(at).check();
      await settled(page);
      if (!/^7 \/ 5 .*2つ多い/.test(await count.innerText())) faults.push(`seven of five: ${await count.innerText()}`);
      if ((await page.locator('#sheet input[name$=".own"]:checked').count()) !== 7) faults.push('ticks are taken away unasked');
      (await violations(page)).forEach((fault) => faults.push(`picked: ${fault}`));
      faults.push(...page.account.errors);
      await page.context().close();
      return faults;
    });

    await checks.check('without a script it is a form for paper', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 1280, script: false, offline: true });
      for (const sheet of Object.keys(SHEETS)) {
        await page.goto(pathToFileURL(join(output, path(sheet, 'ja'))).href);
        if (!/印刷して/.test(await page.locator('main').innerText())) faults.push(`${sheet}: nothing says that it can be printed`);
        if ((await page.locator('main button').filter({ visible: true }).count()) > 0) faults.push(`${sheet}: a button that does nothing`);
        const hidden = await page.locator('#sheet li.later').filter({ visible: false }).count();
        if (hidden > 0) faults.push(`${sheet}: ${hidden} rows are hidden`);
      }
      await page.context().close();
      return faults;
    });

    await checks.check('served: kept until the tab closes, longer on one’s own device, gone when erased, never sent', async () => {
      const faults = [];
      await project.serve();
      const page = await openPage(browser, { width: 1280 });
      page.on('dialog', (dialog) => dialog.accept());
      const sent = [];
      page.on('request', (request) => { if (request.method() !== 'GET') sent.push(`${request.method()} ${request.url()}`); });
      await page.route('**/_live.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      const address = new URL(path('life-plan/life-plan', 'ja'), project.url).href;
      await page.goto(address);
      await named(page, 'money.savings').fill('777');
      await settled(page);
      await page.reload();
      if ((await named(page, 'money.savings').inputValue()) !== '777') faults.push('reloading loses what was written');
      if (await page.evaluate(() => localStorage.length > 0)) faults.push('kept beyond the tab unasked');
      await page.goto(new URL(path('life-plan/life-plan', 'en'), project.url).href);
      if ((await named(page, 'money.savings').inputValue()) !== '777') faults.push('the other language does not have it');
      await page.locator('#own').check();
      await settled(page);
      const second = await page.context().newPage();
      await second.goto(address);
      if ((await named(second, 'money.savings').inputValue()) !== '777' || !(await second.locator('#own').isChecked())) faults.push('not kept on one’s own device');
      await second.close();
      // One sheet is cleared, the others stay; everything goes only where it is asked for
      const other = new URL(path('life-plan/life-line', 'ja'), project.url).href;
      await page.goto(other);
      await named(page, 'points.1.x').fill('20');
      await page.locator('#own').check();
      await settled(page);
      await page.locator('#clear').click();
      await settled(page);
      if ((await written(page)) !== '') faults.push('cleared, and something is left on the page');
      await page.reload();
      if ((await written(page)) !== '') faults.push('cleared, and it comes back');
      await page.goto(address);
      if ((await named(page, 'money.savings').inputValue()) !== '777') faults.push('clearing one sheet loses another');
      // A tab that was open before, with the box unticked, leaves what another tab keeps
      const before = await page.context().newPage();
      await before.route('**/_live.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      before.on('dialog', (dialog) => dialog.accept());
      await page.goto(other);
      await before.goto(other);
      await page.locator('#own').check();
      await named(page, 'points.1.x').fill('40');
      await settled(page);
      await named(before, 'points.1.x').fill('50');
      await settled(before);
      await page.reload();
      if ((await named(page, 'points.1.x').inputValue()) !== '40') faults.push('another tab’s keystroke deletes what is kept');
      await before.reload();
      if ((await named(before, 'points.1.x').inputValue()) !== '50') faults.push('a tab loses its own to what another keeps');
      await before.locator('#clear').click();
      await before.close();
      // A blank sheet offers to erase the others, and asks
      await page.locator('#clear').click();
      const questions = [];
      page.on('dialog', (dialog) => questions.push(dialog.message()));
      await page.locator('#erase').click();
      await settled(page);
      if (questions.length !== 1 || !/ほかのワークシートも/.test(questions[0])) faults.push(`asks ${JSON.stringify(questions)}`);
      faults.push(...(await left(page)).map((where) => `erased, and left in ${where}`), ...sent, ...page.account.errors);
      await page.context().close();
      return faults;
    });

    await checks.check('two tabs on one’s own device: what another tab wrote is told of, and nothing is lost before the person chooses', async () => {
      const faults = [];
      for (const [language, newer, loaded, kept] of [['ja', /別のタブで書きかえられたか、消されました/, /読み込みました/, /この端末に残しました/], ['en', /changed or erased in another tab/, /Loaded what the other tab had/, /kept on this device/]]) {
        const one = await openPage(browser, { width: 360 });
        const other = await one.context().newPage();
        for (const page of [one, other]) {
          page.on('dialog', (dialog) => dialog.accept());
          await page.route('**/_live.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
          await page.goto(new URL(path('life-plan/life-line', language), project.url).href);
        }
        const x = (page) => named(page, 'points.1.x');
        const device = () => one.evaluate(() => Object.entries(localStorage).filter(([name]) => name.startsWith('shirube-worksheet:')).map(([, text]) => JSON.parse(text)['points.1.x']).join());
        const asks = (page) => page.locator('#newer').isVisible();
        const expect = async (what, wanted, found) => { if (wanted !== found) faults.push(`${language}, ${what}: ${found}, not ${wanted}`); };
        await one.locator('#own').check();
        await x(one).fill('20');
        await settled(one);
        await other.reload();
        await expect('the second tab has it', '20', await x(other).inputValue());
        await expect('alike, nothing is asked', false, (await asks(one)) || (await asks(other)));
        // The second tab writes: the first one is told, and keeps what stands in it to itself
        await x(other).fill('30');
        await settled(other);
        await one.locator('#newer').waitFor();
        if (!newer.test(await one.locator('#newer').innerText())) faults.push(`${language}: ${await one.locator('#newer').innerText()}`);
        (await violations(one)).forEach((fault) => faults.push(`${language}, asked: ${fault}`));
        await expect('the one that wrote is not asked', false, await asks(other));
        await x(one).fill('25');
        await settled(one);
        await expect('nothing is written over it', '30', await device());
        await one.reload();
        await expect('its own is not lost', '25', await x(one).inputValue());
        await expect('nor the other one’s', '30', await device());
        // Its box is ticked again: there is something else, so it asks; the person takes what the other tab has
        await one.locator('#own').check();
        await one.locator('#newer').waitFor();
        await one.locator('#newer-load').focus();
        await one.keyboard.press('Enter');
        await settled(one);
        await expect('loaded', '30', await x(one).inputValue());
        if (!loaded.test(await one.locator('#status').innerText()) || (await asks(one))) faults.push(`${language}: not told that it was loaded`);
        // The other way: this tab writes, and the second one keeps its own
        await x(one).fill('40');
        await settled(one);
        await other.locator('#newer').waitFor();
        await other.locator('#newer-keep').click();
        await settled(other);
        await expect('kept', '30', await device());
        if (!kept.test(await other.locator('#status').innerText()) || (await asks(other))) faults.push(`${language}: not told that it was kept`);
        await one.locator('#newer').waitFor();
        await expect('and now the first one is asked', '40', await x(one).inputValue());
        // Without the event, as after a pause: looked at before it is written
        await one.locator('#newer-load').click();
        await one.evaluate(() => { Object.keys(localStorage).filter((name) => name.startsWith('shirube-worksheet:')).forEach((name) => localStorage.setItem(name, '{"points.1.x":"60"}')); });
        await x(one).fill('50');
        await settled(one);
        await expect('looked at before writing', '60', await device());
        await expect('and asked', true, await asks(one));
        // Erased elsewhere
        await one.locator('#newer-load').click();
        await other.locator('#erase').click();
        await one.locator('#newer').waitFor();
        await x(one).fill('70');
        await settled(one);
        await expect('what was erased does not come back by itself', '', await device());
        await one.locator('#newer-load').click();
        await settled(one);
        await expect('loading what was erased is blank', '', await written(one));
        await expect('ticked anew it is kept', false, await asks(one));
        await x(one).fill('80');
        await settled(one);
        await expect('and goes on', '80', await device());
        faults.push(...one.account.errors);
        await one.context().close();
      }
      return faults;
    });

    await checks.check('served where the browser keeps nothing: it says so, and asks before it is left', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 360 });
      await page.route('**/_live.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
      await page.addInitScript(() => ['localStorage', 'sessionStorage'].forEach((name) => Object.defineProperty(window, name, { get() { throw new Error('refused'); } })));
      const asked = [];
      page.on('dialog', (dialog) => { asked.push(dialog.type()); return dialog.accept(); });
      await page.goto(new URL(path('life-plan/life-line', 'ja'), project.url).href);
      if (!/残せない設定/.test(await page.locator('#kept').innerText())) faults.push(`says ${await page.locator('#kept').innerText()}`);
      if (await page.locator('#own').isVisible()) faults.push('a device of one’s own is offered where nothing can be kept');
      await named(page, 'points.1.x').click();
      await page.keyboard.type('20');
      await settled(page);
      await page.reload();
      if (asked.join() !== 'beforeunload') faults.push(`leaving asks ${JSON.stringify(asked)}`);
      faults.push(...page.account.errors);
      await page.context().close();
      return faults;
    });

    for (const sheet of Object.keys(SHEETS)) {
      for (const language of ['ja', 'en']) html.set(`${sheet} ${language} as built`, readFileSync(join(output, path(sheet, language)), 'utf8'));
    }
    await checkKept(checks, html);
  } finally {
    rmSync(files, { recursive: true, force: true });
    await project.remove();
  }
}
