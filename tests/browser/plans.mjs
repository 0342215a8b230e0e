// A plan answered by hand, by keyboard, from a folder without a network: all four combinations, what is not known, scores of one's own;
// nothing is asked for, nothing stays. Without a script, and on paper, the table of all combinations has the same.
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { violations } from './axe.mjs';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';

// Answers, what to begin with, what to add: the white paper's checklist
const CHECKLIST = [
  [{ employees: 'high', managers: 'high' }, [6], [3, 5, 7, 1, 8]],
  [{ employees: 'high', managers: 'wanting' }, [2, 3, 4], [6, 7, 1, 8]],
  [{ employees: 'low', managers: 'high' }, [3], [5, 6, 2, 4]],
  [{ employees: 'low', managers: 'wanting' }, [2, 3, 4], []],
  [{ employees: '', managers: 'wanting' }, [2, 3, 4], []],
  [{ employees: 'low', managers: '' }, [3], [2, 4]],
];

const step = (page, name) => page.locator(`#result .plan-${name} li[value]`).evaluateAll((items) => items.map((item) => item.value));
const left = (page) => page.evaluate(() => [localStorage.length && 'localStorage', sessionStorage.length && 'sessionStorage', document.cookie && 'a cookie'].filter(Boolean));

/** Chooses an answer with the keys of a radio group. */
async function choose(page, question, answer) {
  const values = await page.locator(`input[name="${question}"]`).evaluateAll((all) => all.map((one) => one.value));
  await page.locator(`input[name="${question}"]`).first().focus();
  await page.keyboard.press('Space');
  for (let at = 0; at < values.indexOf(answer); at += 1) await page.keyboard.press('ArrowDown');
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'ignore' });
    const address = (language) => pathToFileURL(join(project.root, 'output/career-autonomy', language === 'en' ? 'en/' : '', 'plans/support.html')).href;
    for (const language of ['ja', 'en']) {
      await checks.check(`answered by keyboard, ${language}`, async () => {
        const faults = [];
        const page = await openPage(browser, { width: language === 'ja' ? 360 : 1280, scheme: language === 'ja' ? 'light' : 'dark', offline: true });
        const asked = [];
        // A browser fetches the page's own mark when it likes
        page.on('request', (request) => request.url().endsWith('/mark.svg') || asked.push(request.url()));
        await page.goto(address(language));
        const loaded = asked.length;
        for (const [answers, first, next] of CHECKLIST) {
          for (const [question, answer] of Object.entries(answers)) await choose(page, question, answer);
          const came = [await step(page, 'first'), await step(page, 'next')];
          if (JSON.stringify(came) !== JSON.stringify([first, next])) faults.push(`${JSON.stringify(answers)} comes to ${JSON.stringify(came)}`);
        }
        (await violations(page)).forEach((fault) => faults.push(fault));
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) faults.push(`${wide} px wider than the window`);
        const result = await page.locator('#result').innerText();
        if (!result.includes(language === 'ja' ? 'わたしたちの対応づけ' : 'our mapping')) faults.push('what is ours is not marked');
        // Scores of one's own choose the answers
        await page.locator('.plan-figures summary').first().click();
        await page.locator('[data-input="staff"]').first().fill('３．６');
        await page.locator('.plan-figures summary').nth(1).click();
        await page.locator('[data-input="talks"]').fill('4.1');
        await page.locator('[data-input="own"]').fill('3.4');
        const chosen = await page.locator('#checklist input[type="radio"]:checked').evaluateAll((all) => all.map((one) => one.value));
        if (chosen.join() !== 'high,wanting') faults.push(`scores choose ${chosen}`);
        if ((await step(page, 'first')).join() !== '2,3,4') faults.push('scores do not come to 2, 3, 4');
        // What scores chose goes when they no longer decide; what is no score of the scale is told of in words and decides nothing
        const radio = () => page.locator('input[name="managers"]:checked').evaluateAll((all) => all.map((one) => one.value).join());
        const told = () => page.locator('[data-question="managers"] .plan-told').innerText();
        const talks = page.locator('[data-input="talks"]');
        const own = page.locator('[data-input="own"]');
        await own.fill('');
        await talks.fill('2');
        if ((await radio()) !== 'wanting') faults.push('2 of 5 is not wanting');
        await talks.fill('4');
        if ((await radio()) !== '') faults.push(`4 without the other score still chooses ${await radio()}`);
        if ((await told()) === '') faults.push('nothing says that the scores do not decide');
        for (const [typed, words] of [['35', language === 'ja' ? /1から5まで/ : /from 1 to 5/], ['0', language === 'ja' ? /1から5まで/ : /from 1 to 5/], ['about 3', language === 'ja' ? /1から5まで/ : /from 1 to 5/]]) {
          await own.fill(typed);
          if ((await radio()) !== '') faults.push(`${typed} of 5 chooses ${await radio()}`);
          if (!words.test(await told())) faults.push(`${typed}: nothing says what to write: ${await told()}`);
          const described = await own.getAttribute('aria-describedby');
          if ((await own.getAttribute('aria-invalid')) !== 'true' || described !== 'told-managers') faults.push(`${typed} is not marked`);
        }
        await own.fill('３．５');
        if ((await radio()) !== 'high' || (await own.getAttribute('aria-invalid')) !== null) faults.push('3.5 and 4 of 5 are not high');
        // What the person chose stays
        await page.locator('input[name="managers"][value="wanting"]').check();
        await own.fill('');
        if ((await radio()) !== 'wanting') faults.push('an answer by hand is taken away');
        if (asked.length > loaded) faults.push(`asked for ${asked.slice(loaded)}`);
        faults.push(...(await left(page)).map((what) => `left ${what}`));
        await page.reload();
        if ((await page.locator('#checklist input[type="radio"]:checked').count()) > 0) faults.push('an answer came back after the page was opened again');
        await page.context().close();
        return faults;
      });
      await checks.check(`without a script, and on paper, ${language}`, async () => {
        const faults = [];
        const page = await openPage(browser, { script: false, width: 360, offline: true });
        await page.goto(address(language));
        if ((await page.locator('.plan-table').first().locator('tbody tr').count()) !== 4) faults.push('the table has not four combinations');
        if (await page.locator('.plan-figures').first().isVisible()) faults.push('fields for scores are there without a script');
        await page.emulateMedia({ media: 'print' });
        if (!(await page.locator('.plan-options').first().isVisible())) faults.push('the questions are not on paper');
        await page.context().close();
        return faults;
      });
    }
  } finally {
    rmSync(project.root, { recursive: true, force: true });
  }
}
