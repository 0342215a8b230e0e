// A Johari window in a room: opened from the worksheet, picked for on phones, closed, carried into the sheet. With scripts and without, in
// both languages; what the person picked stays on the person's screen; axe and nothing wider than the phone.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { violations } from './axe.mjs';
import { checkKept } from './nu.mjs';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';

const SHEET = 'modules/strengths/worksheets/strength-cards.html';
const OWN = ['w13', 'w3', 'w25', 'w18', 'w42'];
const PEERS = [['w13', 'w26', 'w15', 'w34', 'w3'], ['w13', 'w26', 'w1', 'w2', 'w3'], ['w13', 'w26', 'w40', 'w41', 'w18'], ['w5', 'w6', 'w7', 'w8', 'w9']];

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  const shots = process.env.SHIRUBE_SHOTS;
  if (shots) mkdirSync(shots, { recursive: true });
  const html = new Map();
  try {
    await project.serve();
    const at = (path) => new URL(path, project.url).href;
    for (const [language, prefix, script, width, scheme] of [['ja', '', true, 360, 'light'], ['en', 'en/', true, 1280, 'dark'], ['ja', '', false, 768, 'dark'], ['en', 'en/', false, 360, 'light']]) {
      const kind = `${language}, ${script ? 'scripts' : 'no script'}, ${width} px, ${scheme}`;
      await checks.check(`opened, picked by four, closed, carried into the sheet: ${kind}`, async () => {
        const found = [];
        const look = async (page, name) => {
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          if (over > 1) found.push(`${name}: ${over} px too wide`);
          if ((await page.locator('html').getAttribute('lang')) !== language) found.push(`${name} is in another language`);
          if (script) found.push(...(await violations(page)).map((fault) => `${name}: ${fault}`));
          if (shots) await page.screenshot({ path: join(shots, `window-${kind.replaceAll(/, ?| /g, '-')}-${name}.png`), fullPage: true });
          html.set(`${name}, ${kind}`, await page.content());
        };
        const locale = language === 'ja' ? 'ja-JP' : 'en-GB';
        const page = await openPage(browser, { width, scheme, script, locale });
        const bodies = [];
        page.on('request', (request) => bodies.push(`${request.url()} ${request.postData() ?? ''}`));
        await page.goto(at(prefix + SHEET));
        if (script) for (const card of OWN) await page.locator(`input[name="words.${card}.own"]`).check({ force: true });
        if (script) await page.waitForTimeout(300);
        await page.locator('#window').scrollIntoViewIfNeeded();
        await Promise.all([page.waitForEvent('load', { timeout: 30_000 }), page.locator('#window a').click()]);
        await look(page, '1-open');
        await page.fill('#name', language === 'ja' ? 'ハナ' : 'Hana');
        await page.selectOption('#wanted', '4');
        await Promise.all([page.waitForEvent('load', { timeout: 30_000 }), page.locator('button.primary').click()]);
        await look(page, '2-waiting');
        const code = (await page.locator('.window-code b').innerText()).trim();
        for (const [number, cards] of PEERS.entries()) {
          const peer = await openPage(browser, { width: 360, scheme, script, locale });
          // Typed at the door, as from a phone that has no camera
          await peer.goto(at('r'));
          await peer.fill('#code', ` ${code.toLowerCase()} `);
          await Promise.all([peer.waitForEvent('load', { timeout: 30_000 }), peer.locator('button.primary').click()]);
          if (number === 0) {
            await Promise.all([peer.waitForEvent('load', { timeout: 30_000 }), peer.locator('button.primary').click()]);
            if (!(await peer.locator('.faults').isVisible())) found.push('nothing picked is taken');
            await look(peer, '3-picking');
          }
          for (const card of cards) await peer.locator(`input[value="${card}"]`).check();
          await Promise.all([peer.waitForEvent('load', { timeout: 30_000 }), peer.locator('button.primary').click()]);
          if (number === 0) await look(peer, '4-taken');
          await peer.context().close();
          if (number < 2 && !script) {
            await page.reload();
            if ((await page.locator('form[action*="/close"]').count()) > 0) found.push(`it could be closed after ${number + 1}`);
          }
        }
        if (!script) await page.reload();
        await page.locator('form[action*="/close"] button').waitFor();
        await look(page, '5-enough');
        await Promise.all([page.waitForEvent('load', { timeout: 30_000 }), page.locator('form[action*="/close"] button').click()]);
        await page.locator('.window-table').waitFor();
        await look(page, '6-told');
        const rows = await page.locator('.window-table tbody tr').evaluateAll((all) => all.map((row) => row.lastElementChild.textContent.match(/\d+/)[0]).join(''));
        if (rows !== '332111111111111') found.push(`counts ${rows}`);
        await Promise.all([page.waitForURL(/strength-cards/), page.locator('.buttons a.primary').click()]);
        if (script) {
          await page.locator('.w-window').first().waitFor();
          if ((await page.inputValue('input[name="words.w13.others"]')) !== '3') found.push('the counts are not in the sheet');
          for (const card of OWN) if (!(await page.locator(`input[name="words.${card}.own"]`).isChecked())) found.push(`${card} of one's own is lost`);
          if (/#/.test(page.url())) found.push('the counts stay in the address');
          await look(page, '7-sheet');
          const told = bodies.filter((one) => /w25|w42|\.own/.test(one));
          if (told.length > 0) found.push(`sent: ${told}`);
        }
        found.push(...page.account.errors.filter((error) => !/4(04|22|03)/.test(error)));
        await page.context().close();
        return found;
      });
    }
    await checkKept(checks, html);
  } finally {
    await project.remove();
  }
}
