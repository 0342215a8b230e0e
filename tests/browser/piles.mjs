// Cards dealt one by one into piles: the whole deck on a phone, one taken back, one put off, the first pile gone through again, the
// choice of the few; by keyboard; from a file and the example; on paper and without a script the list stands as it is.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { checkKept } from './nu.mjs';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';
import { settled } from './worksheets.mjs';

const CARDS = 72;
const SHEET = 'modules/mission-statement/worksheets/values-cards.html';
const PILES = ['most', 'some', 'less'];

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const html = new Map();
  try {
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    const output = join(project.root, 'output', readdirSync(join(project.root, 'output')).find((name) => name !== '.gitignore'));
    const address = (language) => pathToFileURL(join(output, language === 'en' ? 'en' : '', SHEET)).href;
    const opened = async (options, language = 'ja') => {
      const page = await openPage(browser, { offline: true, ...options });
      page.on('dialog', (dialog) => dialog.accept());
      await page.goto(address(language));
      return page;
    };
    const name = (page) => page.locator('.w-deal-name').innerText();
    const lying = (page, pile) => page.locator(`#sheet input[value="${pile}"]:checked`).count();
    // The next card is on the table: a count that moved on, or the end
    const press = async (page, at) => {
      const count = page.locator('.w-deal-count');
      const before = await count.innerText();
      await page.locator('.w-deal-pile').nth(at).click();
      await page.waitForFunction((told) => document.querySelector('.w-deal-count').innerText !== told, before);
    };
    const groups = (page) => page.locator('[name="top.1.card"] optgroup').evaluateAll((all) => all.map((group) => `${group.label} ${group.children.length}`));

    for (const [language, scheme] of [['ja', 'light'], ['en', 'dark']]) {
      await checks.check(`a phone goes through all ${CARDS} cards: ${language}`, async () => {
        const faults = [];
        const page = await opened({ width: 360, height: 640, scheme }, language);
        if (await page.locator('#part-cards .w-family').first().isVisible()) faults.push('the list stands below the cards that are dealt');
        if ((await groups(page)).length !== 8) faults.push(`before, the choice stands by family: ${await groups(page)}`);
        const seen = new Set();
        let buttons = null;
        for (let at = 0; at < CARDS; at += 1) {
          seen.add(await name(page));
          if (!new RegExp(`^${at} / ${CARDS} `).test(await page.locator('.w-deal-count').innerText())) faults.push(`card ${at}: ${await page.locator('.w-deal-count').innerText()}`);
          await press(page, at % 3);
          const box = at < CARDS - 1 ? await page.locator('.w-deal-piles').boundingBox() : null;
          // From the first card on, the buttons stand still, in the lower half of what is seen
          if (buttons && box && Math.abs(box.y - buttons.y) > 4) faults.push(`card ${at}: the buttons moved by ${box.y - buttons.y}`);
          if (box && (box.y < 320 || box.y + box.height > 640)) faults.push(`card ${at}: the buttons stand at ${box.y}`);
          buttons = box;
          if (at > 0) continue;
          // The first card makes a button come above the cards, a line more on a phone: the buttons below do not give way
          await page.locator('#print-one').waitFor();
          await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
          const after = await page.locator('.w-deal-piles').boundingBox();
          if (Math.abs(after.y - box.y) > 4) faults.push(`what came above the cards moved the buttons by ${after.y - box.y}`);
        }
        if (seen.size !== CARDS) faults.push(`${seen.size} cards were dealt`);
        for (const pile of PILES) if ((await lying(page, pile)) !== CARDS / 3) faults.push(`${await lying(page, pile)} lie in ${pile}`);
        if (await page.locator('.w-deal-pile').first().isVisible()) faults.push('all are sorted, and the buttons are still there');
        (await violations(page)).forEach((fault) => faults.push(`sorted: ${fault}`));
        // Too many for the few: the first pile is gone through again
        await page.locator('.w-deal-ways button').click();
        for (let at = 0; at < CARDS / 3; at += 1) {
          if (!new RegExp(`^${at} / ${CARDS / 3} `).test(await page.locator('.w-deal-count').innerText())) faults.push(`again ${at}: ${await page.locator('.w-deal-count').innerText()}`);
          await press(page, at < 8 ? 0 : 1);
        }
        await settled(page);
        if ((await lying(page, 'most')) !== 8 || (await page.locator('.w-deal-ways button').count()) !== 0) faults.push('the first pile is not down to eight');
        const [first, ...others] = await groups(page);
        if (!/ 8$/.test(first) || others.length !== 2) faults.push(`the choice does not begin with the first pile: ${[first, ...others]}`);
        await page.locator('.w-deal-ways a').click();
        if (!page.url().endsWith('#part-top')) faults.push('nothing leads on to the few');
        (await violations(page)).forEach((fault) => faults.push(`at the end: ${fault}`));
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) faults.push(`${over} px too wide`);
        html.set(`piles ${language}`, await page.content());
        faults.push(...page.account.errors);
        await page.context().close();
        return faults;
      });
    }

    await checks.check('by keyboard: taken back, put off, changed in the list, cleared; the example and paper', async () => {
      const faults = [];
      const page = await opened({ width: 1280 });
      const key = async (locator) => { await locator.focus(); await page.keyboard.press('Enter'); };
      const button = (words) => page.getByRole('button', { name: words });
      const [first] = [await name(page)];
      if (await button('一つ戻す').isVisible()) faults.push('something can be taken back before anything is done');
      await key(page.locator('.w-deal-pile').nth(0));
      await key(page.locator('.w-deal-pile').nth(2));
      const third = await name(page);
      await key(button('一つ戻す'));
      await key(button('一つ戻す'));
      if ((await name(page)) !== first || (await lying(page, 'most')) + (await lying(page, 'less')) !== 0) faults.push(`taken back to ${await name(page)}`);
      if (!(await page.evaluate(() => document.activeElement.classList.contains('w-deal-pile')))) faults.push('the focus is lost when nothing is left to take back');
      await key(button('あとで決める'));
      if ((await name(page)) === first) faults.push('what is put off stays');
      for (let at = 0; at < CARDS - 1; at += 1) await press(page, 2);
      if ((await name(page)) !== first) faults.push(`what was put off does not come last, but ${await name(page)}, after ${await page.locator('.w-deal-count').innerText()}`);
      // In the list the same card is changed, and the count follows
      await key(button('一覧で置きなおす'));
      await page.locator('#part-cards li', { hasText: third }).locator('input[value="most"]').check();
      await settled(page);
      if (!/1/.test(await page.locator('.w-deal-pile').first().innerText())) faults.push('the piles do not follow the list');
      await page.locator('[name="top.1.card"]').selectOption({ label: third });
      // Cleared, it begins anew; the example is sorted
      await page.locator('#clear').click();
      await settled(page);
      if ((await name(page)) !== first || (await button('一つ戻す').isVisible())) faults.push('cleared, and it does not begin anew');
      if ((await page.locator('[name="top.1.card"]').inputValue()) !== '') faults.push('cleared, and a card is still chosen');
      await page.locator('#sample').click();
      await settled(page);
      if (!/72枚を分けました/.test(await name(page))) faults.push(`the example leaves ${await name(page)}`);
      await key(button('一覧で置きなおす'));
      await page.emulateMedia({ media: 'print' });
      if (await page.locator('.w-deal').isVisible()) faults.push('paper shows the dealt card');
      if ((await page.locator('#part-cards li').filter({ visible: true }).count()) !== CARDS) faults.push('paper does not show all cards');
      const broken = await page.locator('#part-cards .w-segments label > span').evaluateAll((all) => all.filter((one) => one.getClientRects().length > 1).length);
      if (broken > 0) faults.push(`${broken} names of piles break on paper`);
      faults.push(...page.account.errors);
      await page.context().close();
      return faults;
    });

    await checks.check('without a script all cards stand in the list, and the few are lines to write on', async () => {
      const faults = [];
      const page = await opened({ width: 360, script: false });
      if ((await page.locator('#part-cards li').filter({ visible: true }).count()) !== CARDS) faults.push('cards are hidden');
      if (await page.locator('.w-deal').isVisible()) faults.push('an empty place for cards is seen');
      await page.locator('[name="cards.v37.pile"][value="some"]').check();
      await page.locator('[name="top.1.card"]').fill('聴く');
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) faults.push(`${over} px too wide`);
      await page.context().close();
      return faults;
    });
    await checkKept(checks, html);
  } finally {
    await project.remove();
  }
}
