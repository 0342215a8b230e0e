// A room as the presenter and the people in it live it: with and without scripts, at the sizes of projectors, light and dark.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { until } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';
import { answer } from './stage/form.mjs';
import { Project } from './stage/project.mjs';
import { K } from './stage/visits.mjs';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const SIZES = [[1280, 720], [1920, 1080], [360, 740]];

async function violations(page) {
  await page.evaluate(source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations));
  return found.flatMap((one) => one.nodes.map((node) => `${one.id} (${one.impact}): ${node.target.join(' ')}\n${node.html.slice(0, 160)}`));
}

/** What leaves the screen, or lies under something else, on a screen that cannot be scrolled. */
function cropped(page) {
  return page.evaluate(() => {
    const faults = [];
    const [width, height] = [innerWidth, innerHeight];
    if (document.documentElement.scrollWidth > width + 1) faults.push(`the page is ${document.documentElement.scrollWidth} px wide`);
    if (width < 900) return faults;
    if (document.documentElement.scrollHeight > height + 1) faults.push(`the page is ${document.documentElement.scrollHeight} px high`);
    const foot = document.querySelector('.room-foot').getBoundingClientRect();
    if (Math.abs(foot.bottom - height) > 1) faults.push(`the foot ends at ${foot.bottom} of ${height}`);
    for (const element of document.querySelectorAll('.room-stage :is(h1, h2, p, li, figcaption, svg, .room-qr)')) {
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      if (box.bottom > foot.top + 1) faults.push(`${element.className.baseVal ?? (element.className || element.tagName)} reaches under the foot: ${Math.round(box.bottom)} > ${Math.round(foot.top)}`);
      if (box.right > width + 1 || box.left < -1) faults.push(`${element.tagName} leaves the screen`);
    }
    return faults;
  });
}

/** Every screen from the first by its links. */
async function walk(browser, first, look) {
  const page = await openPage(browser, { script: false, width: 1280, height: 720 });
  const seen = [];
  try {
    await page.goto(first);
    for (;;) {
      seen.push(page.url());
      await look?.(page);
      const next = page.locator('a[rel="next"]');
      if ((await next.count()) === 0) return seen;
      await next.click();
      if (seen.length > 60) throw new Error('the screens do not end');
    }
  } finally {
    await page.context().close();
  }
}

export default async function ({ binary, browser, checks }) {
  const project = new Project(binary);
  try {
    await project.serve({ arguments: ['--lan', '--port', '0'] });
    const rooms = new URL('/_room', project.url).href;
    const screen = new URL('/_room/pulse', project.url).href;
    const page = await openPage(browser, { script: false });
    await page.goto(rooms);
    const code = (await page.locator('li:has(a[href="/_room/pulse"]) .when').textContent()).trim();
    const door = new URL(`/r/${code}/`, project.url).href;
    await page.context().close();

    await checks.check('the code can be typed, and leads to the form, without scripts', async () => {
      const phone = await openPage(browser, { script: false, width: 360, height: 740 });
      await phone.goto(new URL('/r', project.url).href);
      await phone.fill('#code', ` ${code.toLowerCase()} `);
      await phone.locator('button').click();
      const faults = phone.url().startsWith(door) && (await phone.locator('form#sheet').count()) === 1 ? [] : [`it led to ${phone.url()}`];
      await phone.context().close();
      return faults;
    });

    await checks.check('before anybody has answered, every screen says so and shows no figure', async () => {
      const faults = [];
      await walk(browser, screen, async (page) => {
        if ((await page.locator('.room-figure, .room-words, .room-people').count()) > 0) faults.push(`${page.url()} shows something`);
      });
      return faults;
    });

    await checks.check(`${K} people answer one after the other on one phone; only then the projector moves, by itself`, async () => {
      const projector = await openPage(browser, { width: 1280, height: 720 });
      const phone = await openPage(browser, { width: 360, height: 740, script: false });
      const faults = [];
      try {
        await projector.goto(screen);
        await phone.goto(door);
        for (let person = 1; person <= K; person += 1) {
          if ((await projector.locator('.room-people').count()) > 0) faults.push(`a number after ${person - 1} people`);
          const url = phone.url();
          const sheet = await phone.locator('[name="_sheet"]').inputValue();
          await answer(phone, url, { pick: (group, index) => (person + index) % group.options.length });
          if ((await phone.locator('[name="_sheet"]').count()) > 0) faults.push('no receipt');
          await phone.locator('a.primary').click();
          if ((await phone.locator('[name="_sheet"]').inputValue()) === sheet) faults.push('the next person gets the same sheet');
          // Twice as long as the projector takes to ask again
          if (person < K) await projector.waitForTimeout(1500);
        }
        await projector.locator('.room-people b').waitFor({ timeout: 20_000 });
        const shown = await projector.locator('.room-people').textContent();
        if (!shown.startsWith(String(K))) faults.push(`the projector says ${shown}`);
        // Reveal by the keyboard, and back
        await projector.keyboard.press('ArrowRight');
        await projector.locator('.room-figure').waitFor();
        if (!projector.url().includes('?show=')) faults.push(`the address is still ${projector.url()}`);
        const title = await projector.title();
        const before = new URL(projector.url()).search;
        await projector.keyboard.press('PageDown');
        await projector.waitForFunction((before) => location.search !== before, before, { timeout: 5000 }).catch(() => faults.push('PageDown does nothing'));
        await projector.keyboard.press('ArrowLeft');
        await projector.keyboard.press('ArrowLeft');
        await projector.locator('.room-people b').waitFor({ timeout: 5000 });
        if (title.length === 0) faults.push('a screen without a title');
        await projector.goBack();
        await projector.locator('.room-figure').waitFor({ timeout: 5000 });
        faults.push(...projector.account.errors);
      } finally {
        await projector.context().close();
        await phone.context().close();
      }
      return faults;
    });

    await checks.check('a receipt learns that there is something newer on the projector', async () => {
      const phone = await openPage(browser, { width: 360, height: 740 });
      try {
        await phone.goto(new URL('surveys/pulse/thanks.html', door).href);
        if (await phone.locator('.room-news').isVisible()) return ['it says so before there is anything'];
        const asked = () => phone.account.requests.filter((url) => url.endsWith('/state')).length;
        await until(() => asked() > 0, 10, 'the receipt asks');
        for (let person = 0; person < K; person += 1) {
          const other = await openPage(browser, { script: false });
          await answer(other, new URL('surveys/pulse.html', door).href, { pick: (group, index) => (person * 3 + index) % group.options.length });
          await other.context().close();
        }
        await phone.locator('.room-news').waitFor({ state: 'visible', timeout: 30_000 });
        return phone.account.errors;
      } finally {
        await phone.context().close();
      }
    });

    const screens = [...(await walk(browser, screen)), ...(await walk(browser, `${screen}?lang=en`))];
    const others = ['/_room', '/_room/_reach', '/_room/pulse/words?show=start', '/r', '/r?code=nothing', '/r/reach'].map((path) => new URL(path, project.url).href);
    for (const scheme of ['light', 'dark']) {
      for (const [width, height] of SIZES) {
        await checks.check(`every screen fits and axe finds nothing: ${width} × ${height}, ${scheme}`, async () => {
          const faults = [];
          const page = await openPage(browser, { width, height, scheme });
          try {
            for (const url of [...screens, ...others]) {
              await page.goto(url);
              const name = url.slice(project.url.length);
              const all = [...(await violations(page)), ...(screens.includes(url) ? await cropped(page) : [])];
              faults.push(...all.map((fault) => `${name}: ${fault}`));
            }
            faults.push(...page.account.errors.filter((error) => !/404/.test(error)));
          } finally {
            await page.context().close();
          }
          return faults;
        });
      }
    }

    await checks.check('a camera would read the address that stands beside the code', async () => {
      const page = await openPage(browser, { width: 1280, height: 720 });
      try {
        await page.goto(screen);
        const box = await page.locator('.room-qr').boundingBox();
        const address = await page.locator('.room-address').textContent();
        const faults = /^\S+:\d+\/r$/.test(address.trim()) ? [] : [`«${address}» is no address`];
        // ISO/IEC 18004 asks for four modules of quiet on every side
        const quiet = await page.evaluate(() => {
          const svg = document.querySelector('svg.qr');
          const dark = svg.querySelector('path[fill="#000000"]').getBBox();
          const all = svg.viewBox.baseVal;
          return [dark.x, dark.y, all.width - dark.x - dark.width, all.height - dark.y - dark.height];
        });
        if (quiet.some((side) => side !== 4)) faults.push(`quiet of ${quiet.join(', ')} modules`);
        if (box.width < 340) faults.push(`the code is only ${box.width} px wide`);
        return faults;
      } finally {
        await page.context().close();
      }
    });
  } finally {
    await project.remove();
  }
}
