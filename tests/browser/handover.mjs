// Surveys without a network that ask for consent and a code of one's own first, and answers that are handed over as QR codes: from a
// folder, in both languages, on every width, light and dark. What the screen shows is what the proven encoder draws, and what a scanner
// would read from it comes in once.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { device, rows } from './codes.mjs';
import { checkKept } from './nu.mjs';
import { left } from './offline.mjs';
import { openPage } from './stage/chromium.mjs';
import { send, summary } from './stage/form.mjs';
import { Project, repository } from './stage/project.mjs';

const CODE = 'さく－０７ み';
const MODES = [
  { language: 'ja', width: 360, scheme: 'light' },
  { language: 'en', width: 360, scheme: 'dark' },
  { language: 'en', width: 768, scheme: 'light' },
  { language: 'ja', width: 768, scheme: 'dark' },
  { language: 'ja', width: 1280, scheme: 'light' },
  { language: 'en', width: 1280, scheme: 'dark' },
];

/** The modules that the codes on the screen paint dark, without their margin. */
const painted = (page) => page.locator('#code-list svg').evaluateAll((all) => all.map((svg) => {
  const side = svg.viewBox.baseVal.width;
  const field = Array.from({ length: side }, () => new Array(side).fill('0'));
  for (const [, x, y] of svg.querySelectorAll('path')[1].getAttribute('d').matchAll(/M(\d+) (\d+)h1v1h-1z/g)) field[y][x] = '1';
  const margin = field.some((row, y) => row.some((dark, x) => dark === '1' && (x < 4 || y < 4 || x >= side - 4 || y >= side - 4)));
  return margin ? null : field.slice(4, -4).map((row) => row.slice(4, -4).join(''));
}));

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const files = mkdtempSync(join(tmpdir(), 'shirube-handover-'));
  const shots = process.env.SHIRUBE_SHOTS;
  const html = new Map();
  const script = device();
  const run = (...words) => spawnSync(binary, [...words, '--root', project.root, '--lang', 'en'], { encoding: 'utf8' });
  try {
    const meeting = readFileSync(join(repository, 'tests/terms/meeting.yaml'), 'utf8');
    const thoughts = '      - {id: thoughts, kind: long_text, max_length: 2000, text: {ja: いま考えていることを書いてください。, en: Write down what is on your mind.}}\n';
    writeFileSync(join(project.root, 'content/surveys/meeting.yaml'), meeting + thoughts);
    const site = join(project.root, 'content/sites/career-autonomy.yaml');
    writeFileSync(site, readFileSync(site, 'utf8').replace('surveys: [', 'surveys: [meeting, '));
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    await project.serve();
    const output = join(project.root, 'output/career-autonomy');
    const scans = [];

    for (const mode of MODES) {
      const { language, width, scheme } = mode;
      await checks.check(`agreed, answered, shown as codes: ${language}, ${width} px, ${scheme}`, async () => {
        const faults = [];
        const path = `${language === 'en' ? 'en/' : ''}surveys/meeting`;
        const page = await openPage(browser, { width, height: 800, scheme, offline: true });
        const served = await openPage(browser, { width, height: 800, script: false });
        const see = async (name) => {
          const own = `${name}, ${language}, ${width}, ${scheme}`;
          html.set(own, await page.content());
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (wide > 0) faults.push(`${own}: ${wide} px wider than the window`);
          faults.push(...(await violations(page)).map((fault) => `${own}: ${fault}`), ...(await left(page)).map((where) => `${own}: something is left in ${where}`));
          if (!shots) return;
          mkdirSync(shots, { recursive: true });
          const file = join(shots, `handover-${name.replaceAll(' ', '-')}-${language}-${width}-${scheme}`);
          await page.screenshot({ path: `${file}.png`, fullPage: true });
          if (width === 1280) await page.pdf({ path: `${file}.pdf`, format: 'A4', printBackground: true });
        };
        await page.goto(pathToFileURL(join(output, `${path}/offline.html`)).href);
        await served.goto(new URL(`/${path}.html`, project.url).href);
        await see('start');
        // Said as the server says it, whatever is typed
        for (const [code, agrees] of [['', false], ['さく', true], ['さく07みみみ', false], ['=1+2a', true]]) {
          for (const one of [page, served]) {
            await one.locator('[name="own_code"]').fill(code);
            await one.locator('[name="consent"]').setChecked(agrees, { force: true });
          }
          await page.locator('#next').click();
          await send(served);
          const said = async (one) => JSON.stringify([(await summary(one)).map(({ text, href }) => [text, href]), await one.locator('.complaint').filter({ visible: true }).allInnerTexts()]);
          if ((await said(page)) !== (await said(served))) faults.push(`${code}: says ${await said(page)}, the server says ${await said(served)}`);
          if ((await summary(page)).length === 0) faults.push(`«${code}» was not refused`);
          for (const [selector, wrong] of [['#own-code', true], ['#consent', !agrees]]) {
            const says = (await page.locator(selector).getAttribute('aria-invalid')) === 'true';
            if (says !== wrong) faults.push(`${code}: ${selector} ${says ? 'is' : 'is not'} marked as wrong`);
          }
        }
        await see('refused');
        await served.context().close();
        await page.locator('[role="alert"] a[href="#q-own_code"]').click();
        if (!(await page.evaluate(() => document.activeElement?.id === 'q-own_code'))) faults.push('the link of the summary leads nowhere');
        await page.locator('[name="consent"]').setChecked(true, { force: true });
        await page.locator('[name="own_code"]').fill(CODE);
        await page.locator('[name="way"][value="hall"]').check({ force: true });
        await page.locator('#next').click();
        if (await page.locator('#terms').isVisible()) faults.push('the consent stands on the second page');
        await page.locator('[name="ahead"][value="4"]').check({ force: true });
        const words = width === 768 ? '前の部署での学びを、これからの仕事に生かしたい。100% & 半分。'.repeat(20) : width === 1280 ? '長い文です。'.repeat(333) : '';
        await page.locator('[name="thoughts"]').fill(words);
        await see('questions');
        await page.locator('#next').click();
        const review = await page.locator('#review dl').innerText();
        if (!review.includes('さく07み') || !/同意します|I have read this and agree/.test(review)) faults.push(`before saving: ${review}`);
        await see('before saving');
        const many = width === 1280;
        if ((await page.locator('#show-codes').isVisible()) === many) faults.push('codes are offered where they are too many, or the other way round');
        if ((await page.locator('#no-codes').isVisible()) !== many) faults.push('nothing says that the answers are too long for codes');
        if (many) {
          await page.locator('#again').click();
          await page.locator('[name="thoughts"]').fill('短い感想です。'.repeat(30));
          await page.locator('#next').click();
        }
        await page.locator('#show-codes').click();
        await see('codes');
        if (!(await page.evaluate(() => document.activeElement?.matches('#codes h2')))) faults.push('the focus is not on what has happened');
        const fields = await painted(page);
        const receipt = await page.locator('#codes-receipt').innerText();
        await page.locator('#codes-back').click();
        const coming = page.waitForEvent('download');
        await page.locator('#save').click();
        const saved = join(files, `${language}-${width}.json`);
        await (await coming).saveAs(saved);
        await see('saved');
        const texts = script.texts(JSON.parse(readFileSync(saved, 'utf8')), receipt);
        if (JSON.stringify(fields) !== JSON.stringify([...texts].map((text) => rows(script.modules(text))))) faults.push('the codes on the screen are not those of the answers');
        if (texts.length !== (width === 768 ? 4 : width === 1280 ? 2 : 1)) faults.push(`${texts.length} codes`);
        scans.push({ receipt, texts: [...texts] });
        faults.push(...page.account.requests.filter((url) => !/^(file|data|blob):/.test(url)).map((url) => `asked for ${url}`), ...page.account.errors);
        await page.context().close();
        return faults;
      });
    }

    await checks.check('what was scanned comes in once, with its receipts, mixed and beside the files', async () => {
      const faults = [];
      const mixed = scans.flatMap(({ texts }) => texts).reverse();
      writeFileSync(join(files, 'scans.txt'), `${mixed.join('\r\n')}\r\n`);
      const first = run('import', 'responses', 'meeting', join(files, 'scans.txt'));
      for (const { receipt } of scans) if (!first.stdout.includes(`taken (receipt ${receipt})`)) faults.push(`${receipt}: ${first.stdout} ${first.stderr}`);
      const again = run('import', 'responses', 'meeting', files);
      if (again.status !== 0 || !again.stderr.includes(`Took 0 of ${2 * scans.length} answers`)) faults.push(`again: ${again.status} ${again.stdout} ${again.stderr}`);
      return faults;
    });

    await checks.check('a file of an earlier wording opens and asks for the consent anew', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 360, height: 800, offline: true });
      await page.goto(pathToFileURL(join(output, 'surveys/meeting/offline.html')).href);
      const file = JSON.parse(readFileSync(join(files, 'ja-360.json'), 'utf8'));
      file.answers.consent = ['v00000000'];
      await page.setInputFiles('#open', { name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(file)) });
      await page.waitForSelector('#faults:not([hidden])');
      if (!/同意/.test(await page.locator('#faults').innerText())) faults.push(`it says ${await page.locator('#faults').innerText()}`);
      if (await page.locator('[name="consent"]').isChecked()) faults.push('agreed to a wording that was not there');
      if ((await page.locator('[name="own_code"]').inputValue()) !== CODE) faults.push('the code was lost');
      if (!(await page.locator('#terms').isVisible())) faults.push('the consent is not in sight');
      await page.context().close();
      return faults;
    });

    await checks.check('on paper: the consent, the code and every question; of finished answers what is seen', async () => {
      const faults = [];
      const page = await openPage(browser, { width: 1280, offline: true });
      await page.goto(pathToFileURL(join(output, 'surveys/meeting/offline.html')).href);
      await page.emulateMedia({ media: 'print' });
      const sees = async (selectors, there) => {
        for (const selector of selectors) if ((await page.locator(selector).first().isVisible()) !== there) faults.push(`${selector} ${there ? 'is missing' : 'is there'}`);
      };
      await sees(['#consent', '#own-code', '[name="way"]', '[name="thoughts"]'], true);
      await sees(['#terms > .on-device', '.buttons', '.keeps'], false);
      await page.emulateMedia({ media: 'screen' });
      await page.setInputFiles('#open', join(files, 'ja-360.json'));
      // A file is read in its own time
      await page.locator('#review dl').first().waitFor();
      await page.emulateMedia({ media: 'print' });
      await sees(['#review dl'], true);
      await sees(['#sheet', '#opening', '#review .buttons', '#review .link-button'], false);
      await page.emulateMedia({ media: 'screen' });
      await page.locator('#show-codes').click();
      await page.emulateMedia({ media: 'print' });
      await sees(['#code-list svg', '#codes-receipt'], true);
      await sees(['#sheet', '#opening', '#codes .buttons'], false);
      await page.context().close();
      return faults;
    });

    await checkKept(checks, html, 30);
  } finally {
    rmSync(files, { recursive: true, force: true });
    await project.remove();
  }
}
