// The JSON Schemas in a real editor's language server: sound content has no fault, slips are flagged where they stand, hovering
// explains a key in both languages, completion offers the keys of the kind of question that is written. No browser is needed.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { some } from './stage/checks.mjs';

const repository = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const SERVER = join(dirname(fileURLToPath(import.meta.url)), 'node_modules', 'yaml-language-server', 'bin', 'yaml-language-server');

/** A language server, spoken to over its standard input and output. */
class Editor {
  constructor(server) {
    this.process = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.waiting = new Map();
    this.diagnostics = new Map();
    this.last = 0;
    let buffer = Buffer.alloc(0);
    this.process.stdout.on('data', (chunk) => {
      buffer = Buffer.concat([buffer, chunk]);
      for (;;) {
        const head = buffer.indexOf('\r\n\r\n');
        const length = head < 0 ? NaN : Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, head).toString())?.[1]);
        if (!(buffer.length >= head + 4 + length)) break;
        const message = JSON.parse(buffer.subarray(head + 4, head + 4 + length).toString());
        buffer = buffer.subarray(head + 4 + length);
        this.take(message);
      }
    });
  }

  take(message) {
    if (message.method === 'textDocument/publishDiagnostics') {
      this.diagnostics.set(message.params.uri, message.params.diagnostics);
    } else if (message.method && message.id !== undefined) {
      // The server asks for settings: nothing from the network, texts as they come.
      const yaml = { validate: true, hover: true, completion: true, schemaStore: { enable: false }, schemas: this.schemas ?? {} };
      const result = message.method === 'workspace/configuration' ? message.params.items.map(({ section }) => (section === 'yaml' ? yaml : null)) : null;
      this.send({ id: message.id, result });
    } else if (this.waiting.has(message.id)) {
      const { resolve, reject } = this.waiting.get(message.id);
      this.waiting.delete(message.id);
      if (message.error) reject(new Error(message.error.message));
      else resolve(message.result);
    }
  }

  send(message) {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.process.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    this.process.stdin.write(body);
  }

  ask(method, params) {
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.send({ id, method, params });
      setTimeout(() => reject(new Error(`${method}: no answer within 20 s`)), 20_000).unref();
    });
  }

  async open(root) {
    const capabilities = { textDocument: { hover: { contentFormat: ['markdown'] }, completion: { completionItem: {} } }, workspace: { configuration: true } };
    await this.ask('initialize', { processId: process.pid, rootUri: pathToFileURL(root).href, capabilities });
    this.send({ method: 'initialized', params: {} });
  }

  /** Shows a text as a file and waits for what is wrong with it. */
  async show(path, text) {
    const uri = pathToFileURL(path).href;
    this.diagnostics.delete(uri);
    this.send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
    const end = Date.now() + 20_000;
    while (!this.diagnostics.has(uri)) {
      if (Date.now() > end) throw new Error(`${path}: nothing said within 20 s`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return { uri, faults: this.diagnostics.get(uri) };
  }

  at(uri, line, character) {
    return { textDocument: { uri }, position: { line, character } };
  }

  close() {
    this.process.kill();
  }
}

/** A survey with slips, and the words at which each has to be flagged. */
const FAULTY = `title: x
lead: x
minutes: 600
mode: anonymous
purpose: x
pages:
  - id: first
    questions:
      - id: vision
        kind: scale
        text: x
        points: 5
        pionts: 5
      - id: team
        kind: slide
        text: x
`;
const FLAGGED = [
  [2, /180/],
  [12, /pionts/],
  [14, /single_choice/],
];

export default async function schema({ binary, checks }) {
  const root = mkdtempSync(join(tmpdir(), 'shirube-schema-'));
  const editor = new Editor(SERVER);
  try {
    cpSync(join(repository, 'content'), join(root, 'content'), { recursive: true });
    execFileSync(binary, ['schema', '--root', root, '--quiet']);
    const types = { 'project.yaml': 'project', 'sources.yaml': 'sources', sites: 'site', surveys: 'survey', data: 'data', reports: 'report', modules: 'module', plans: 'plan', consultants: 'consultants', cohorts: 'cohorts' };
    const typed = (text, type) => `# yaml-language-server: $schema=${pathToFileURL(join(root, 'schema', `${type}.json`)).href}\n${text}`;
    await editor.open(root);

    await checks.check('an editor finds no fault in the demonstration', async () => {
      const files = readdirSync(join(root, 'content'), { recursive: true }).map(String).filter((name) => name.endsWith('.yaml')).sort();
      const faults = [];
      for (const name of some(files, 'YAML files')) {
        const type = /[\\/]worksheets[\\/]/.test(name) ? 'worksheet' : types[name.split(/[\\/]/)[0]];
        const path = join(root, 'content', name);
        const { faults: found } = await editor.show(path, typed(readFileSync(path, 'utf8'), type));
        faults.push(...found.map((fault) => `${name}:${fault.range.start.line}: ${fault.message}`));
      }
      return faults;
    });

    await checks.check('an editor flags slips where they stand', async () => {
      const { faults } = await editor.show(join(root, 'content', 'surveys', 'faulty.yaml'), typed(FAULTY, 'survey'));
      return FLAGGED.filter(([line, words]) => !faults.some((fault) => fault.range.start.line === line + 1 && words.test(fault.message))).map(
        ([line, words]) => `line ${line + 1} is not flagged (${words}): ${JSON.stringify(faults.map((fault) => [fault.range.start.line, fault.message]))}`,
      );
    });

    await checks.check('hovering explains a key in both languages', async () => {
      const { uri } = await editor.show(join(root, 'content', 'surveys', 'hover.yaml'), typed(FAULTY, 'survey'));
      const words = [];
      for (const [line, character, japanese, english] of [
        [5, 2, /利用目的/, /What the answers are for/],
        [12, 10, /段階の数/, /Number of points/],
      ]) {
        const hover = JSON.stringify((await editor.ask('textDocument/hover', editor.at(uri, line, character)))?.contents ?? '');
        if (!japanese.test(hover) || !english.test(hover)) words.push(`line ${line}: ${hover}`);
      }
      return words;
    });

    await checks.check('completion offers the keys of the kind that is written', async () => {
      const text = FAULTY.split('\n').slice(0, 12).join('\n') + '\n        \n';
      const { uri } = await editor.show(join(root, 'content', 'surveys', 'complete.yaml'), typed(text, 'survey'));
      const offered = (await editor.ask('textDocument/completion', editor.at(uri, 13, 8)))?.items.map((item) => item.label) ?? [];
      const faults = ['labels', 'ends', 'need', 'show_if'].filter((key) => !offered.includes(key)).map((key) => `${key} is not offered`);
      if (offered.includes('at_most')) faults.push('at_most is offered for a scale');
      return faults.length > 0 ? [...faults, `offered: ${offered.join(', ')}`] : [];
    });
  } finally {
    editor.close();
    rmSync(root, { recursive: true, force: true });
  }
}
