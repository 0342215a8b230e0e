// The browser: whichever Chromium stands on this machine, talking to nobody but loopback.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { each } from './checks.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe', 'msedge.exe'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Where the browser is: CHROMIUM, else the path, else the usual places. */
function executable() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const found = [process.env.CHROMIUM, ...onPath, ...PLACES].find((path) => path && existsSync(path));
  if (!found) throw new Error('no Chromium found: install it, or name one in CHROMIUM');
  return found;
}

/** Starts the browser; `context(options)` opens a fresh profile in it. */
export async function launch() {
  const browser = await chromium.launch({
    executablePath: executable(),
    args: [
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-sync', '--font-render-hinting=none',
      // Root may not use the sandbox, and tests load nothing but our own pages.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  return browser;
}

/**
 * Opens a page that keeps account of itself: `page.account.requests` (every URL asked for) and `page.account.errors`
 * (console errors, uncaught errors, failed requests).
 */
export async function openPage(browser, { width = 1280, height = 900, scheme = 'light', script = true, offline = false, locale = 'ja-JP' } = {}) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    locale,
    offline,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const account = { requests: [], errors: [] };
  page.on('request', (request) => account.requests.push(request.url()));
  page.on('requestfailed', (request) => {
    // A page that is left while something loads, or reloads itself, is no fault.
    const why = request.failure()?.errorText ?? '';
    if (!/ERR_ABORTED/.test(why)) account.errors.push(`${request.url()}: ${why}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') account.errors.push(message.text());
  });
  page.on('pageerror', (error) => account.errors.push(String(error)));
  page.account = account;
  return page;
}

/**
 * Works through `list`, two at a time, each lane in one page that is used again: opening a window costs more than most of our pages.
 * `work(page, item)` finds it as if it were new: nothing kept, nothing routed, nothing asked for.
 */
export async function eachPage(browser, list, work) {
  const idle = [];
  try {
    return await each(list, async (item) => {
      const page = idle.pop() ?? (await openPage(browser));
      try {
        const result = await work(page, item);
        await wipe(page);
        idle.push(page);
        return result;
      } catch (error) {
        await page.context().close();
        throw error;
      }
    });
  } finally {
    await Promise.all(idle.map((page) => page.context().close()));
  }
}

async function wipe(page) {
  await page.evaluate(() => {
    sessionStorage.clear();
    localStorage.clear();
  }).catch(() => {}); // a page may be of a kind that has none
  await page.goto('about:blank');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await page.context().clearCookies();
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
  page.account.requests.length = 0;
  page.account.errors.length = 0;
}
