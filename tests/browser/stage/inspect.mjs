// Runs inside the page: everything about its layout that can be measured. Answers faults as texts.
//
// One function, because the browser gets it as text.

export function inspect({ lang }) {
  const faults = [];
  const say = (text) => faults.push(text);
  const short = (text) => (text.trim().replace(/\s+/g, ' ').slice(0, 40));
  const describe = (element) => {
    const name = element.tagName.toLowerCase();
    const id = element.id ? `#${element.id}` : '';
    const classes = typeof element.className === 'string' && element.className ? `.${element.className.trim().split(/\s+/).join('.')}` : '';
    return `<${name}${id}${classes}> «${short(element.textContent ?? '')}»`;
  };
  const visible = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  // Meant for screen readers only: clipped to nothing.
  const clipped = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      if ((box.width <= 1.5 || box.height <= 1.5) && style.overflow !== 'visible') return true;
      if (style.position === 'absolute' && (box.right < 0 || box.bottom + scrollY < 0)) return true;
    }
    return false;
  };

  // --- Nothing scrolls sideways but tables and code in boxes of their own
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide) {
    const inABox = (element) => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      }
      return false;
    };
    const sticksOut = (element) => {
      const box = element.getBoundingClientRect();
      // A box may be narrow enough and its text not.
      const spills = getComputedStyle(element).overflowX === 'visible' && box.left + element.scrollWidth > wide + 0.5 && element.scrollWidth > element.clientWidth + 1;
      return (box.right > wide + 0.5 || (spills && element.clientWidth > 0)) && visible(element) && !inABox(element);
    };
    const out = [...document.body.querySelectorAll('*')].filter(sticksOut);
    say(`the page scrolls sideways (${document.documentElement.scrollWidth} px): ${out.slice(-3).map(describe).join(', ')}`);
  }

  // --- Colours
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = '#000';
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a), 1];
  const luminance = ([r, g, b]) => {
    const part = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  };
  const contrast = (a, b) => {
    const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const backgroundOf = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    layers.push(rgba('Canvas'));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };

  // --- Charts: every text in its drawing, apart from its neighbours, large enough, readable on what is beneath it
  for (const svg of document.querySelectorAll('svg')) {
    if (!visible(svg)) continue;
    const frame = svg.getBoundingClientRect();
    if (frame.width === 0 || frame.height === 0) continue;
    const texts = [...svg.querySelectorAll('text')].filter((text) => text.textContent.trim() && visible(text));
    const shapes = [...svg.querySelectorAll('rect, path, circle, ellipse, polygon')].filter(visible);
    // The box of a line carries room above and below the ink, the more the more scripts its font knows: leave that room out.
    const boxes = texts.map((text) => {
      const box = text.getBoundingClientRect();
      const matrix = text.getScreenCTM();
      const em = Number.parseFloat(getComputedStyle(text).fontSize) * Math.hypot(matrix.b, matrix.d);
      return new DOMRect(box.left, box.top + 0.2 * em, box.width, Math.max(1, box.height - 0.34 * em));
    });
    const paper = backgroundOf(svg);
    texts.forEach((text, at) => {
      const box = boxes[at];
      const name = `chart text «${short(text.textContent)}»`;
      const slack = 1;
      if (box.left < frame.left - slack || box.right > frame.right + slack || box.top < frame.top - slack || box.bottom > frame.bottom + slack) {
        say(`${name} leaves its drawing`);
      }
      const matrix = text.getScreenCTM();
      const scale = Math.hypot(matrix.b, matrix.d);
      for (const part of [text, ...text.querySelectorAll('tspan')]) {
        const size = Number.parseFloat(getComputedStyle(part).fontSize) * scale;
        if (size < 11.95) say(`chart text «${short(part.textContent)}» is ${size.toFixed(1)} px high`);
      }
      for (let other = at + 1; other < texts.length; other += 1) {
        const next = boxes[other];
        const x = Math.min(box.right, next.right) - Math.max(box.left, next.left);
        const y = Math.min(box.bottom, next.bottom) - Math.max(box.top, next.top);
        if (x > 1 && y > 1) say(`${name} and «${short(texts[other].textContent)}» overlap`);
      }
      // The shapes painted before it that lie under its middle, the last one on top.
      const middle = new DOMPoint((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      let below = paper;
      for (const shape of shapes) {
        if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
        const style = getComputedStyle(shape);
        if (style.fill === 'none' || style.fill.startsWith('url(')) continue;
        const inverse = shape.getScreenCTM()?.inverse();
        if (!inverse || !shape.isPointInFill(middle.matrixTransform(inverse))) continue;
        const [r, g, b, a] = rgba(style.fill);
        let opacity = a * Number.parseFloat(style.fillOpacity);
        for (let at = shape; at && at !== svg.parentElement; at = at.parentElement) opacity *= Number.parseFloat(getComputedStyle(at).opacity);
        below = over([r, g, b, opacity], below);
      }
      for (const part of text.querySelectorAll('tspan').length > 0 ? text.querySelectorAll('tspan') : [text]) {
        const style = getComputedStyle(part);
        const ink = over(rgba(style.fill), below);
        const found = contrast(ink, below);
        if (found < 4.5) say(`chart text «${short(part.textContent)}» has contrast ${found.toFixed(2)} (${style.fill} on rgb(${below.slice(0, 3).map(Math.round).join(', ')}))`);
      }
    });
  }

  // --- Texts: nothing under 12 px but ruby; no Japanese in English
  const japanese = /[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9d]/;
  const speaks = (element) => element.closest('[lang]')?.getAttribute('lang') ?? '';
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.nodeValue;
    const element = walker.currentNode.parentElement;
    if (!text.trim() || !element || element.closest('script, style, template')) continue;
    // An example of content holds both languages
    const example = /\bja: /.test(element.closest('pre')?.textContent ?? '');
    if (lang?.startsWith('en') && japanese.test(text) && !speaks(element).startsWith('ja') && !example) say(`Japanese in an English page: «${short(text)}»`);
    if (element.closest('svg, head, rt, rp') || !visible(element) || clipped(element)) continue;
    const size = Number.parseFloat(getComputedStyle(element).fontSize);
    if (size < 11.95) say(`text «${short(text)}» is ${size.toFixed(1)} px high`);
  }
  if (lang?.startsWith('en')) {
    for (const element of document.querySelectorAll('[alt], [title], [aria-label], [placeholder], [aria-description], [aria-roledescription], meta[name="description"]')) {
      for (const key of ['alt', 'title', 'aria-label', 'placeholder', 'aria-description', 'aria-roledescription', 'content']) {
        const value = element.getAttribute(key) ?? '';
        if (japanese.test(value) && !speaks(element).startsWith('ja')) say(`Japanese in an English page: ${key} «${short(value)}»`);
      }
    }
  }

  // --- Targets: 24 px at least, but for links within a sentence
  for (const target of document.querySelectorAll('a[href], button, input:not([type="hidden"]), select, textarea, summary, [role="button"]')) {
    if (!visible(target) || clipped(target) || target.closest('svg')) continue;
    const style = getComputedStyle(target);
    const boxes = [target, ...(target.labels ?? [])].map((element) => element.getBoundingClientRect()).filter((box) => box.width > 0);
    if (boxes.length === 0) continue;
    const width = Math.max(...boxes.map((box) => box.width));
    const height = Math.max(...boxes.map((box) => box.height));
    if (width >= 23.5 && height >= 23.5) continue;
    const around = [...(target.parentElement?.childNodes ?? [])].filter((node) => node !== target).map((node) => node.textContent).join('').trim();
    const block = target.parentElement?.closest('p, li, dd, td, th, figcaption, small, span, footer, sup, cite');
    if (target.tagName === 'A' && style.display.startsWith('inline') && (around || block)) continue;
    say(`${describe(target)} is a target of ${Math.round(width)} × ${Math.round(height)} px`);
  }
  return [...new Set(faults)];
}
