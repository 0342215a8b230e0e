// Every worksheet on paper, blank and filled in, and on a phone: nothing is wider than its page, nothing that is written is cut, no
// drawing is split or has a name outside of it.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openPage } from './stage/chromium.mjs';
import { Project } from './stage/project.mjs';

// A4 without its margins of 18 and 16 mm (site.css), at 96 pixels an inch
const PAPER = { width: Math.round((210 - 36) / 25.4 * 96), height: Math.round((297 - 32) / 25.4 * 96) };
const settled = (page) => page.waitForTimeout(260);

/** What is wrong with what is seen now. */
const faultsOf = (page, paper) => page.evaluate(([height, print]) => {
  const faults = [];
  const called = (node) => `${node.tagName.toLowerCase()}${node.id ? `#${node.id}` : ''}${node.classList.length ? `.${Array.from(node.classList).join('.')}` : ''} «${(node.value || node.textContent || '').trim().slice(0, 30)}»`;
  const seen = (node) => node.checkVisibility() && node.getBoundingClientRect().width > 1;
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) faults.push(`${document.documentElement.scrollWidth} px wide, not ${wide}`);
  // Things that scroll by themselves do so on a screen alone
  const boxed = (node) => !print && node.closest('.table-box');
  for (const node of document.querySelectorAll('main *:not(svg *):not(option)')) {
    if (!seen(node) || boxed(node) || node.closest('.hidden, #cards-paper')) continue;
    const box = node.getBoundingClientRect();
    if (box.right > wide + 1 || box.left < -1) faults.push(`${called(node)} goes from ${Math.round(box.left)} to ${Math.round(box.right)} of ${wide}`);
    const clips = getComputedStyle(node).overflowX !== 'visible' && !node.matches('select');
    if (clips && print && node.scrollWidth > node.clientWidth + 1) faults.push(`${called(node)} is cut: ${node.scrollWidth} px in ${node.clientWidth}`);
    if (print && node.matches('textarea') && node.scrollHeight > node.clientHeight + 2) faults.push(`${called(node)} is cut at its foot`);
  }
  for (const drawing of document.querySelectorAll('main svg[role="img"]')) {
    if (!seen(drawing)) continue;
    const box = drawing.getBoundingClientRect();
    for (const text of drawing.querySelectorAll('text')) {
      const own = text.getBoundingClientRect();
      if (own.left < box.left - 1 || own.right > box.right + 1 || own.top < box.top - 2 || own.bottom > box.bottom + 2) faults.push(`${called(text)} of a drawing stands outside of it`);
    }
    if (!print) continue;
    if (box.height > height) faults.push(`a drawing of ${Math.round(box.height)} px does not fit a page`);
    let whole = false;
    for (let node = drawing; node && node.tagName !== 'MAIN'; node = node.parentElement) whole = whole || getComputedStyle(node).breakInside.startsWith('avoid');
    if (!whole) faults.push('a drawing may be split between two pages');
  }
  return faults;
}, [PAPER.height, paper]);

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    execFileSync(binary, ['build', '--root', project.root], { stdio: 'pipe' });
    const output = join(project.root, 'output', readdirSync(join(project.root, 'output')).find((name) => name !== '.gitignore'));
    const modules = join(output, 'modules');
    const sheets = readdirSync(modules).filter((module) => existsSync(join(modules, module, 'worksheets'))).flatMap((module) => readdirSync(join(modules, module, 'worksheets')).map((file) => `modules/${module}/worksheets/${file}`));
    for (const sheet of sheets) {
      await checks.check(`${sheet}: whole on paper and on a phone, blank and filled in`, async () => {
        const faults = [];
        for (const language of ['ja', 'en']) {
          for (const [media, size] of [['print', PAPER], ['screen', { width: 360, height: 800 }]]) {
            const page = await openPage(browser, { ...size, offline: true });
            page.on('dialog', (dialog) => dialog.accept());
            await page.goto(pathToFileURL(join(output, language === 'en' ? 'en' : '', sheet)).href);
            for (const state of ['blank', 'filled']) {
              if (state === 'filled') await page.locator('#sample').click();
              await settled(page);
              // What a browser does before it prints, and then paper
              if (media === 'print') await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
              await page.emulateMedia({ media });
              (await faultsOf(page, media === 'print')).slice(0, 8).forEach((fault) => faults.push(`${language} ${media} ${state}: ${fault}`));
              await page.emulateMedia({ media: 'screen' });
            }
            faults.push(...page.account.errors);
            await page.context().close();
          }
        }
        return faults;
      });
    }
  } finally {
    await project.remove();
  }
}
