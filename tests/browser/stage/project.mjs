// A project of its own in a temporary folder, and the program serving it.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the repository. */
export const repository = fileURLToPath(new URL('../../../', import.meta.url));

export class Project {
  constructor(binary) {
    this.binary = binary;
    this.root = mkdtempSync(join(tmpdir(), 'shirube-browser-'));
    for (const folder of ['content', 'themes']) {
      const from = join(repository, folder);
      if (existsSync(from)) cpSync(from, join(this.root, folder), { recursive: true });
    }
    this.said = '';
  }

  /** Starts `serve` on a free port, or with arguments of one's own; resolves with the address that it prints. */
  async serve({ within = 60_000, arguments: own = ['--bind', '127.0.0.1:0'] } = {}) {
    this.said = '';
    this.child = spawn(this.binary, ['serve', '--root', this.root, ...own], { stdio: ['ignore', 'pipe', 'pipe'] });
    const child = this.child;
    this.ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
    this.url = await new Promise((resolve, reject) => {
      const fail = (why) => reject(new Error(`${why}; the program said:\n${this.said || '(nothing)'}`));
      const timer = setTimeout(() => fail(`serve printed no address within ${within / 1000} s`), within);
      const hear = (text) => {
        this.said += text;
        const found = /http:\/\/(?:127\.0\.0\.1|localhost):\d+\//.exec(this.said);
        if (found) {
          clearTimeout(timer);
          resolve(found[0]);
        }
      };
      child.stdout.setEncoding('utf8').on('data', hear);
      child.stderr.setEncoding('utf8').on('data', hear);
      child.on('error', (error) => fail(`${this.binary} does not start: ${error.message}`));
      child.on('exit', (code) => {
        clearTimeout(timer);
        fail(`serve ended with code ${code}`);
      });
    });
    return this.url;
  }

  /** Asks the program to stop, as an operator does; resolves with `{code, signal}`. */
  async stop({ within = 15_000 } = {}) {
    if (!this.child) return { code: 0, signal: null };
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.ended;
    this.child.kill('SIGTERM');
    const late = new Promise((resolve) => setTimeout(resolve, within, null).unref());
    const end = await Promise.race([this.ended, late]);
    if (end) return end;
    this.child.kill('SIGKILL');
    await this.ended;
    throw new Error(`serve did not stop within ${within / 1000} s of SIGTERM`);
  }

  /** Stops and leaves nothing behind. */
  async remove() {
    try {
      await this.stop();
    } finally {
      rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
    }
  }
}
