// What a page must hold at every width and in both schemes: nothing sticks out, chart texts keep apart and can be read, targets can
// be hit, English pages speak English, pages stay light, nothing is fetched from elsewhere.
import { some } from './stage/checks.mjs';
import { eachPage, openPage } from './stage/chromium.mjs';
import { addresses } from './stage/markup.mjs';
import { go } from './stage/visits.mjs';
import { inspect } from './stage/inspect.mjs';

export const looksAtPages = true;

const WIDTHS = [1280, 768, 360, 320];
/** HTML, style sheets and scripts of one page, charts not counted, in bytes. */
const HEAVIEST = 60 * 1024;
/** A worksheet carries what works it out and draws it, because it is filled in where nothing can be fetched. */
const HEAVIEST_WORKSHEET = 224 * 1024;
/** A plan carries the rules by which it is answered by hand, and all their outcomes for paper. */
const HEAVIEST_PLAN = 80 * 1024;
/** A directory holds everybody there is to talk to, and what finds ten of them on the device. */
const HEAVIEST_DIRECTORY = 128 * 1024;

/** All faults that `inspect` finds at all widths, light, and at the outer widths in the dark. */
export async function faultsOf(page, { lang, widths = WIDTHS } = {}) {
  const found = [];
  // Everything folded is looked at too, after the page as it opens.
  const folds = await page.evaluate(() => document.querySelector('details:not([open])') !== null);
  const states = folds ? [false, true] : [false];
  for (const [scheme, wanted] of [['light', widths], ['dark', [widths[0], widths.at(-2) ?? widths[0]]]]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const width of wanted) {
      await page.setViewportSize({ width, height: 900 });
      for (const open of states) {
        if (folds) await page.evaluate((open) => document.querySelectorAll('details').forEach((details) => {
          details.dataset.wasOpen ??= String(details.open);
          details.open = open || details.dataset.wasOpen === 'true';
        }), open);
        for (const fault of await page.evaluate(inspect, { lang })) found.push({ fault, where: `${scheme}, ${width} px${open ? ', all unfolded' : ''}` });
      }
    }
  }
  // One fault is told once, with the first place where it was seen.
  const first = new Map();
  for (const { fault, where } of found) if (!first.has(fault)) first.set(fault, where);
  return [...first].map(([fault, where]) => `${where}: ${fault}`);
}

/**
 * Bytes of a page without its charts, and of the styles and scripts that it names. A chart is its drawings, legend, finding and table:
 * one exhibit. What only the operator's own browser gets is not counted.
 */
async function weight(visit, sizes) {
  let bytes = Buffer.byteLength(visit.html.replace(/<section class="exhibit\b[\s\S]*?<\/section>/gi, '').replace(/<svg\b[\s\S]*?<\/svg>/gi, ''));
  const parts = [`HTML ${bytes}`];
  for (const { name, address, attributes } of addresses(visit.html)) {
    if (!(name === 'script' || (name === 'link' && /stylesheet/i.test(attributes.rel ?? '')))) continue;
    const url = new URL(address, visit.url).href;
    if (url.endsWith('/_live.js')) continue;
    if (!sizes.has(url)) sizes.set(url, fetch(url).then(async (reply) => (await reply.arrayBuffer()).byteLength));
    const size = await sizes.get(url);
    bytes += size;
    parts.push(`${address} ${size}`);
  }
  const kinds = [['/worksheets/', HEAVIEST_WORKSHEET], ['/plans/', HEAVIEST_PLAN], ['/consultants.html', HEAVIEST_DIRECTORY], ['/consultants/find.html', HEAVIEST_DIRECTORY]];
  const most = kinds.find(([path]) => visit.path.includes(path))?.[1] ?? HEAVIEST;
  return bytes > most ? [`${bytes} bytes, ${most} at most: ${parts.join(', ')}`] : [];
}

/** A page in which every fault stands once, and what must be said of it. */
const FAULTY = `<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><body style="margin:0;background:#fff">
<div style="width:2000px;height:4px">.</div>
<svg width="300" height="200" viewBox="0 0 300 200" style="display:block" role="img" aria-label="図">
<rect width="100" height="40" fill="#777"/><text x="5" y="25" font-size="14" fill="#888">pale</text>
<text x="5" y="100" font-size="14">first</text><text x="10" y="103" font-size="14">second</text>
<text x="280" y="150" font-size="14">sticks out</text><text x="5" y="180" font-size="9">tiny</text></svg>
<p style="font-size:10px">small</p><p>日本語</p><p lang="ja">日本語</p><button style="width:10px;height:10px;padding:0"></button>
<svg width="150" height="50" viewBox="0 0 300 100"><text x="5" y="40" font-size="18">shrunk</text></svg>`;
const SAID = ['scrolls sideways', '«pale» has contrast', '«first» and «second» overlap', '«sticks out» leaves', '«tiny» is', '«small» is', 'Japanese in an English page: «日本語»', 'aria-label «図»', 'is a target of 10 × 10', '«shrunk» is'];
/** The same without faults: nothing may be said. */
const FAULTLESS = `<!doctype html><html lang="en"><meta charset="utf-8"><title>x</title><body style="margin:8px;background:#fff">
<svg width="200" height="100" viewBox="0 0 200 100" role="img" aria-label="Chart"><rect width="100" height="40" fill="#123a5a"/>
<text x="5" y="25" font-size="14" fill="#fff">on a bar</text><text x="110" y="25" font-size="14" fill="#000">beside</text><text x="5" y="80" font-size="14">below</text></svg>
<p>Text with <a href="#x">a link</a>.</p><p lang="ja">日本語<ruby>語<rt>ご</rt></ruby></p><button style="width:44px;height:44px">x</button>`;

export default async function ({ browser, checks, stage }) {
  await checks.check('finds the faults of a faulty page and none in a good one', async () => {
    const page = await openPage(browser);
    await page.setContent(FAULTY);
    const found = (await faultsOf(page, { lang: 'en', widths: [1280, 360, 320] })).join('\n');
    await page.setContent(FAULTLESS);
    const none = await faultsOf(page, { lang: 'en', widths: [1280, 360, 320] });
    await page.context().close();
    return [...SAID.filter((said) => !found.includes(said)).map((said) => `did not say: ${said}; said:\n${found}`), ...none.map((fault) => `complained of a good page: ${fault}`)];
  });
  await checks.check('the last good site stays up while the content has a fault', () => (stage.standing ? [] : ['/ has changed']));
  const visits = some(stage.visits, 'pages');
  const sizes = new Map();
  const results = await eachPage(browser, visits, async (page, visit) => {
    try {
      await go(page, visit);
      const layout = await faultsOf(page, { lang: visit.lang });
      const origin = new URL(visit.url).origin;
      const strangers = page.account.requests.filter((url) => new URL(url).origin !== origin && !/^(data|blob):/.test(url)).map((url) => `asked for ${url}`);
      // The browser notes a page's own 404 as an error.
      const errors = page.account.errors.filter((error) => !(visit.status >= 400 && /Failed to load resource/.test(error)));
      return { layout, strangers: [...strangers, ...errors], heavy: await weight(visit, sizes) };
    } catch (error) {
      return { layout: [String(error.stack)], strangers: [], heavy: [] };
    }
  });
  for (const [at, visit] of visits.entries()) {
    const { layout, strangers, heavy } = results[at];
    await checks.check(`${visit.name}: layout`, () => layout);
    await checks.check(`${visit.name}: light, quiet, at home`, () => [...strangers, ...heavy]);
  }
}
