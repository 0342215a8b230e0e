// Every address in the built folder resolves within its site's folder, anchors too; nothing is fetched from elsewhere.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { some } from './stage/checks.mjs';
import { addresses, styleAddresses, tags } from './stage/markup.mjs';

export const looksAtPages = true;

/** Tags whose addresses a browser fetches by itself; all others are followed by people. */
const FETCHED = new Set(['script', 'img', 'iframe', 'source', 'video', 'audio', 'embed', 'object', 'use', 'image']);

/** Links in the head that only tell where something else is. */
const TOLD = /^(canonical|alternate|license|author|prev|next)$/i;

/** What is wrong with one address in one file of a site. */
function judge(site, file, { name, key, address, attributes = {} }, ids) {
  const fetched = FETCHED.has(name) || (name === 'link' && !TOLD.test(attributes.rel ?? ''));
  const where = `<${name} ${key}="${address}">`;
  if (address === '' && key === 'action') return [];
  if (/^(https?:)?\/\//i.test(address)) {
    if (fetched) return [`${where}: fetched from elsewhere`];
    return /^https:\/\//i.test(address) || (name === 'form' || key === 'formaction') ? [] : [`${where}: neither relative nor https`];
  }
  if (/^(mailto|tel):/i.test(address)) return fetched ? [`${where}: not to be fetched`] : [];
  if (/^data:image\//i.test(address)) return [];
  if (/^[a-z][a-z0-9+.-]*:/i.test(address)) return [`${where}: an address of no known kind`];
  if (address.startsWith('/')) return [`${where}: starts at the top of the server, breaks in a sub-folder and from disk`];
  // Forms post to the server that serves them; from disk there is none.
  if (name === 'form' || key === 'formaction') return [];
  const [pathAndQuery, fragment] = address.split('#', 2);
  const path = decodeURIComponent(pathAndQuery.split('?')[0]);
  const target = path === '' ? file : resolve(dirname(file), path);
  if (relative(site, target).startsWith('..')) return [`${where}: leads out of the site`];
  if (!existsSync(target)) return [`${where}: leads nowhere`];
  if (statSync(target).isDirectory()) return [`${where}: leads to a folder, which shows no page from disk`];
  if (fragment && target.endsWith('.html') && !ids(target).has(decodeURIComponent(fragment))) return [`${where}: there is no #${fragment}`];
  return [];
}

/** All faults of a site's folder, by file. */
export function faultsOf(site) {
  const files = readdirSync(site, { recursive: true }).map((name) => join(site, String(name))).filter((file) => statSync(file).isFile()).sort();
  const known = new Map();
  const ids = (file) => {
    if (!known.has(file)) {
      known.set(file, new Set([...tags(readFileSync(file, 'utf8'))].flatMap(({ name, attributes }) => [attributes.id, name === 'a' ? attributes.name : undefined]).filter(Boolean)));
    }
    return known.get(file);
  };
  const found = new Map();
  for (const file of files) {
    if (/\.(html|svg)$/.test(file)) {
      const text = readFileSync(file, 'utf8');
      const faults = [...addresses(text)].flatMap((entry) => judge(site, file, entry, ids));
      const seen = new Set();
      for (const { attributes } of tags(text)) {
        if (attributes.id !== undefined && seen.has(attributes.id)) faults.push(`id «${attributes.id}» stands twice`);
        seen.add(attributes.id);
        if (attributes.style !== undefined) faults.push(`style="${attributes.style}": the site's own policy forbids it`);
      }
      found.set(file, faults);
    } else if (file.endsWith('.css')) {
      found.set(file, [...styleAddresses(readFileSync(file, 'utf8'))].flatMap((address) => judge(site, file, { name: 'link', key: 'url', address }, ids)));
    }
  }
  return found;
}

/** A made-up site in which every kind of fault stands. */
const FAULTY = {
  'index.html': `<a href="nowhere.html">1</a><a href="/top.html">2</a><a href="../../out.html">3</a><a href="sub">4</a><a href="sub/page.html#gone">5</a>
    <script src="https://example.org/a.js"></script><link rel="stylesheet" href="//example.org/a.css"><a href="http://example.org/">6</a>
    <a href="javascript:void 0">7</a><p id="a"></p><p id="a"></p><p style="color:red"></p><img src="a.png" srcset="b.png 2x">`,
  'sub/page.html': '<a href="../index.html#a">fine</a><a href="#here" id="here">fine</a><a href="https://example.org/">fine</a><link rel="canonical" href="https://example.org/">',
  'site.css': '@font-face { src: url("https://example.org/a.woff2") } a { background: url(gone.svg) }',
};

async function selfTest() {
  const folder = mkdtempSync(join(tmpdir(), 'shirube-links-'));
  try {
    for (const [name, text] of Object.entries(FAULTY)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const found = new Map([...faultsOf(folder)].map(([file, faults]) => [relative(folder, file).split(sep).join('/'), faults]));
    const expected = [['index.html', 13], ['sub/page.html', 0], ['site.css', 2]];
    return expected.flatMap(([name, count]) => (found.get(name).length === count ? [] : [`${name}: ${count} faults expected, found:\n${found.get(name).join('\n')}`]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export default async function ({ binary, checks, stage }) {
  await checks.check('finds the faults of a faulty site', selfTest);
  const output = join(stage.filled.root, 'output');
  const sites = readdirSync(output, { withFileTypes: true }).filter((entry) => entry.isDirectory() && existsSync(join(output, entry.name, 'index.html')));
  for (const { name } of some(sites, 'sites in output/')) {
    const found = faultsOf(join(output, name));
    for (const [file, faults] of some([...found], 'pages')) {
      await checks.check(`${name}/${relative(join(output, name), file).split(sep).join('/')}`, () => faults);
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'shirube-manual-'));
  try {
    execFileSync(binary, ['manual', '--to', folder], { stdio: 'ignore' });
    for (const [file, faults] of some([...faultsOf(folder)], 'pages of the manual')) {
      await checks.check(`the manual on the disk: ${relative(folder, file).split(sep).join('/')}`, () => faults);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
