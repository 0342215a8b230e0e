// What waits for ever is stopped and told: one check is lost, not the whole run.
import { within } from './stage/checks.mjs';
import { openPage } from './stage/chromium.mjs';

export default async function ({ browser, checks }) {
  await checks.check('a page that never answers is given up', async () => {
    // A page without scripts never answers a promise
    const page = await openPage(browser, { script: false });
    const told = await within(0.5, () => page.evaluate(() => new Promise((done) => setTimeout(done, 0)))).catch((error) => error.message);
    await page.context().close();
    return told === 'not at its end after 0.5 s' ? [] : [`it was told: ${told}`];
  });

  await checks.check('what is in time keeps its answer and its error', async () => {
    const answer = await within(5, async () => 7);
    const error = await within(5, async () => { throw new Error('broken'); }).catch((thrown) => thrown.message);
    return answer === 7 && error === 'broken' ? [] : [`${answer}, ${error}`];
  });
}
