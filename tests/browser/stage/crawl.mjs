// All pages that a reader can reach from `/` (or `from`) by following links, in every language.
import { addresses, language } from './markup.mjs';

/**
 * Resolves with `[{path, url, status, html, lang}]`, sorted by path, pages only; `others` are the files beside them that
 * links lead to.
 */
export async function crawl(root, { most = 2000, from = ['/', '/en/'] } = {}) {
  const seen = new Map();
  const queue = [...from];
  const others = new Map();
  while (queue.length > 0) {
    const path = queue.shift();
    if (seen.has(path) || others.has(path)) continue;
    if (seen.size >= most) throw new Error(`more than ${most} pages: do links grow without end?`);
    const reply = await fetch(new URL(path, root), { redirect: 'manual' });
    const type = reply.headers.get('content-type') ?? '';
    if (reply.status >= 300 && reply.status < 400) {
      await reply.arrayBuffer();
      others.set(path, { status: reply.status, type });
      enqueue(reply.headers.get('location') ?? '', path);
      continue;
    }
    if (!type.startsWith('text/html')) {
      others.set(path, { status: reply.status, type, size: (await reply.arrayBuffer()).byteLength });
      continue;
    }
    const html = await reply.text();
    seen.set(path, { path, url: new URL(path, root).href, status: reply.status, html, lang: language(html), headers: Object.fromEntries(reply.headers) });
    for (const { name, key, address } of addresses(html)) {
      if ((name === 'a' || name === 'area') && key === 'href') enqueue(address, path);
    }
  }
  return { pages: [...seen.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), others };

  function enqueue(address, from) {
    const base = new URL(from, root);
    let target;
    try {
      target = new URL(address, base);
    } catch {
      return;
    }
    // `…/index.html` and `…/` are one page; links name the file because from disk a folder shows none.
    if (target.origin === base.origin) queue.push(target.pathname.replace(/\/index\.html$/, '/') + target.search);
  }
}

/** Pages that hold a survey's form; where a code is typed is none. */
export function forms(pages) {
  // A window for peers is no survey: tests/browser/windows.mjs walks through it
  return pages.filter((page) => !/\/(resume|withdraw)\.html$|^\/_/.test(page.path) && /<form\b[^>]*\bmethod\s*=\s*["']?post/i.test(page.html));
}

/** The page of a survey or report whose figures move with every five answers: of the demonstration's several, the pulse. */
export function pulse(pages) {
  return pages.filter((page) => page.path.endsWith('/pulse.html'));
}

/** Report pages: where a survey's figures are shown. */
export function reports(pages) {
  return pages.filter((page) => /\/reports\/[^/]+\/?$/.test(page.path));
}
