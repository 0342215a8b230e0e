// Answering a survey as a person does: reading what is on the page, choosing, typing, sending.

/** A Wednesday at least so many days from now: whoever asks for a talk names days that are still to come. */
function wednesday(days) {
  const from = new Date(Date.now() + days * 86_400_000);
  return new Date(from.getTime() + ((10 - from.getUTCDay()) % 7) * 86_400_000).toISOString().slice(0, 10);
}

/** Reads the questions on the page: groups of radios or boxes, and fields, in order, only those a person can see. */
export async function fields(page) {
  return page.evaluate(() => {
    const form = [...document.querySelectorAll('form')].find((form) => form.method === 'post');
    if (!form) return [];
    const groups = new Map();
    for (const control of form.querySelectorAll('input, select, textarea')) {
      const box = control.getBoundingClientRect();
      const hidden = control.type === 'hidden' || control.type === 'submit' || control.closest('[hidden], [aria-hidden="true"]') || control.tabIndex < 0;
      // Radios may be replaced visually; their label counts.
      const seen = control.labels?.length ? [...control.labels].some((label) => label.getClientRects().length > 0) : box.width > 0;
      if (hidden || !seen || !control.name || box.right < 0) continue;
      const kind = control.tagName === 'INPUT' ? control.type : control.tagName.toLowerCase();
      const key = kind === 'radio' || kind === 'checkbox' ? `${kind}:${control.name}` : `${kind}:${control.name}:${groups.size}`;
      // A text beside choices («other») is typed only by who chooses it.
      if (kind !== 'radio' && kind !== 'checkbox' && control.closest('fieldset')?.querySelector('[type="radio"], [type="checkbox"]')) continue;
      const group = groups.get(key) ?? { name: control.name, kind, options: [], min: control.min ?? '' };
      const text = control.labels?.[0]?.textContent.trim() ?? '';
      group.options.push({ value: control.value, text, id: control.id });
      groups.set(key, group);
    }
    return [...groups.values()];
  });
}

/** The words that «I would rather not say» goes by. */
const DECLINE = /答えたくない|答えない|rather not/i;

/**
 * Fills in every question; `pick(group, index)` chooses the option's index (default: one after the other), `skip` names groups to
 * leave alone. Resolves with what was entered: `[{name, kind, value}]`.
 */
export async function fill(page, { pick = (group, index) => index % Math.max(1, group.options.length), skip = [], text = '図書館で、週に1度しらべる' } = {}) {
  const entered = [];
  const groups = await fields(page);
  for (const [index, group] of groups.entries()) {
    if (skip.includes(group.name)) continue;
    const control = (option) => page.locator(`form[method="post"] [name="${group.name}"][value="${option.value}"]`).first();
    if (group.kind === 'radio' || group.kind === 'checkbox') {
      const open = group.options.filter((option) => !DECLINE.test(option.text));
      // A box that stands alone and only declines is left alone.
      if (open.length === 0) continue;
      const option = open[pick({ ...group, options: open }, index) % open.length];
      await control(option).check({ force: true });
      entered.push({ name: group.name, kind: group.kind, value: option.value });
      // Who chooses «other» says what.
      const beside = page.locator(`fieldset:has([name="${group.name}"]) input[type="text"]`);
      if (option.value === 'other' && (await beside.count()) > 0) {
        await beside.first().fill(text);
        entered.push({ name: await beside.first().getAttribute('name'), kind: 'text', value: text });
      }
    } else {
      // A code of one's own has a pattern
      const code = /[ぁ-ん]/.test(text) ? 'さく07み' : 'Sa07i';
      const wish = /^day(\d)$/.exec(group.name);
      const day = wish ? wednesday(7 * Number(wish[1])) : '2026-11-20';
      const value = group.kind === 'date' ? day : group.name === 'own_code' ? code : text;
      const field = page.locator(`form[method="post"] [name="${group.name}"]`).first();
      if (group.kind === 'select') await field.selectOption({ index: 1 });
      else await field.fill((await numeric(field)) ? group.min || '3' : value);
      entered.push({ name: group.name, kind: group.kind, value: await field.inputValue() });
    }
  }
  return entered;
}

/** Whether a field asks for a number. */
function numeric(field) {
  return field.evaluate((field) => field.type === 'number' || ['numeric', 'decimal'].includes(field.inputMode));
}

/** What the page holds now of what was entered; answers what is lost. */
export async function lost(page, entered) {
  const missing = [];
  for (const { name, kind, value } of entered) {
    const kept = await page.evaluate(([name, kind, value]) => {
      const controls = [...document.getElementsByName(name)];
      if (kind === 'radio' || kind === 'checkbox') return controls.some((control) => control.value === value && control.checked);
      return controls.some((control) => control.value === value);
    }, [name, kind, value]);
    if (!kept) missing.push(`${name} (${kind}) lost «${value}»`);
  }
  return missing;
}

/** The button that goes on: the form's primary one, else its first that neither goes back nor changes nor saves. */
export async function onward(page) {
  const buttons = page.locator('form[method="post"] :is(button:not([type]), button[type="submit"], input[type="submit"])').filter({ visible: true });
  const primary = buttons.and(page.locator('.primary'));
  if ((await primary.count()) > 0) return primary.first();
  return buttons.filter({ hasNotText: /戻|直|保存|消す|Back|Save|Change|Erase/i }).first();
}

/** Sends the page and waits for what comes; false when the browser itself held the form back. */
export async function send(page) {
  const arrived = page.waitForEvent('load', { timeout: 15_000 }).then(() => true, () => false);
  await (await onward(page)).click();
  return arrived;
}

/** Whether a form is still to be answered here. */
export async function isForm(page) {
  // What can be done with a personal result is no question
  return (await page.locator('form[method="post"]:not(.result-own)').filter({ visible: true }).count()) > 0;
}

/** The links of the summary of faults: `[{href, text}]`; empty when there is none. */
export async function summary(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('[role="alert"] a[href^="#"]')].map((link) => ({ href: link.getAttribute('href'), text: link.textContent.trim() })));
}

/**
 * Answers the whole survey from its first page to the thank-you; `see(page, name)` is called on each page before it is sent, on each
 * refusal, and at the end. With `stumble` every page is first sent with nothing chosen.
 */
export async function answer(page, url, { see = async () => {}, stumble = false, pick, text } = {}) {
  await page.goto(url);
  for (let number = 1; await isForm(page); number += 1) {
    if (number > 60) throw new Error('the survey does not end');
    await see(page, `survey page ${number}`);
    if (stumble) {
      const before = page.url();
      if (!(await send(page))) throw new Error(`the browser holds the form at ${before} back: without scripts nobody words the fault (novalidate)`);
      // Nothing on that page had to be answered: the next one is here already.
      if ((await summary(page)).length === 0) continue;
      await see(page, `survey page ${number} refused`);
    }
    await fill(page, { pick, text });
    if (!(await send(page))) throw new Error(`nothing came after sending page ${number}`);
    const faults = await summary(page);
    if (faults.length > 0) throw new Error(`a filled page ${number} was refused: ${faults.map((fault) => fault.text).join(' / ')}`);
  }
  await see(page, 'thank-you');
}
