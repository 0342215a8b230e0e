// Named checks: each passes or tells its faults, none stops the others.

// The longest check takes a minute on two busy cores. A browser may also wait for ever (a page without scripts never answers a promise):
// that costs one check, not the whole run.
const LIMIT = 6 * 60;

/** What `work` answers, or an error when it has not ended within `seconds`. */
export async function within(seconds, work) {
  let timer;
  const late = new Promise((_, refuse) => {
    timer = setTimeout(() => refuse(new Error(`not at its end after ${seconds} s`)), seconds * 1000);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}

export class Checks {
  constructor(file) {
    this.file = file;
    this.passed = 0;
    this.failed = 0;
  }

  /**
   * Runs one check. `look` returns its faults (texts; none is a pass) or throws. A check must look at something: `least` of what it
   * looked at is counted by the caller through `Checks.some`.
   */
  async check(name, look) {
    const start = Date.now();
    let faults;
    try {
      faults = (await within(LIMIT, async () => look())) ?? [];
    } catch (error) {
      faults = [error.stack ?? String(error)];
    }
    faults = [...new Set(Array.isArray(faults) ? faults.flat(Infinity) : [String(faults)])].filter(Boolean);
    const seconds = ((Date.now() - start) / 1000).toFixed(1);
    if (faults.length === 0) {
      this.passed += 1;
      console.log(`ok      ${this.file}: ${name} (${seconds} s)`);
    } else {
      this.failed += 1;
      console.log(`FAILED  ${this.file}: ${name} (${seconds} s)`);
      for (const fault of faults.slice(0, 40)) console.log(`        ${fault.replaceAll('\n', '\n          ')}`);
      if (faults.length > 40) console.log(`        … and ${faults.length - 40} more`);
    }
  }
}

/** Refuses an empty list: a check that looked at nothing has checked nothing. */
export function some(list, what) {
  if (list.length === 0) throw new Error(`no ${what} found to check`);
  return list;
}

/** Works through `list`, `lanes` at a time; answers in order. */
export async function each(list, work, lanes = 2) {
  const results = new Array(list.length);
  let next = 0;
  const lane = async () => {
    while (next < list.length) {
      const at = next++;
      results[at] = await work(list[at], at);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, list.length) }, lane));
  return results;
}

/** Asks again and again until `look` answers something, at most for `seconds`. */
export async function until(look, seconds, what) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
