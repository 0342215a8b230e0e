// Tags and attributes of an HTML text, as far as links, ids and weights need them. The Nu checker judges the rest.
const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Turns character references into characters. */
export function decode(text) {
  return text.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name) => {
    if (name[0] !== '#') return NAMED[name.toLowerCase()] ?? whole;
    const hex = name[1] === 'x' || name[1] === 'X';
    return String.fromCodePoint(Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10));
  });
}

/** Every start tag as `{name, attributes}`; what stands in comments, scripts and styles is no tag. */
export function* tags(html) {
  const bare = html.replace(/<!--[\s\S]*?-->/g, '').replace(/(<(script|style)\b[^>]*>)[\s\S]*?<\/\2>/gi, '$1');
  for (const [, name, rest] of bare.matchAll(/<([a-z][a-z0-9-]*)((?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*\/?>/gi)) {
    const attributes = {};
    for (const [, key, a, b, c] of rest.matchAll(/([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?/g)) {
      attributes[key.toLowerCase()] = decode(a ?? b ?? c ?? '');
    }
    yield { name: name.toLowerCase(), attributes };
  }
}

/** Every address that a page names, with the tag and attribute that name it. */
export function* addresses(html) {
  for (const { name, attributes } of tags(html)) {
    for (const key of ['href', 'src', 'action', 'formaction', 'poster', 'data', 'cite', 'xlink:href']) {
      if (attributes[key] !== undefined && !(key === 'data' && name !== 'object')) yield { name, key, address: attributes[key], attributes };
    }
    for (const part of (attributes.srcset ?? '').split(',').map((part) => part.trim().split(/\s+/)[0]).filter(Boolean)) {
      yield { name, key: 'srcset', address: part, attributes };
    }
  }
}

/** Every address that a style sheet names. */
export function* styleAddresses(css) {
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, '');
  for (const [, a, b, c] of bare.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))\s*\)/g)) yield a ?? b ?? c;
  for (const [, a, b] of bare.matchAll(/@import\s+(?:"([^"]*)"|'([^']*)')/g)) yield a ?? b;
}

/** The language that a page says it is in. */
export function language(html) {
  return /<html\b[^>]*\blang\s*=\s*["']?([a-z-]+)/i.exec(html)?.[1] ?? '';
}
