import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PROGRAMS = { 'realtime-sandbox': 'parley-realtime-sandbox', 'redis-sandbox': 'parley-redis-sandbox' };

/** Installing runs nothing, and both programs work as their READMEs say, with mistakes as well. @throws AssertionError */
export async function proveCommands(folder: string): Promise<void> {
  for (const [name, program] of Object.entries(PROGRAMS)) {
    const manifest = join(folder, 'node_modules/@parley', name, 'package.json');
    const { scripts } = JSON.parse(await readFile(manifest, 'utf8')) as { scripts: Record<string, string> };
    assert.deepEqual(
      Object.keys(scripts).filter((script) => /install$/.test(script)),
      [],
    );
    const help = await run(folder, program, ['--help']);
    assert.equal(help.code, 0);
    assert.match(help.printed, new RegExp(`^${program}: `));
    assert.match((await run(folder, program, ['--prot', '1'])).printed, /'--prot'/);
    assert.match(
      (await run(folder, program, ['--port', 'x'])).printed,
      /--port is 'x', but must be a port number/,
    );
    await proveTakenPort(folder, program);
  }
  await proveStart(folder);
}

async function proveTakenPort(folder: string, program: string): Promise<void> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const refused = await run(folder, program, ['--port', String(port)]);
  server.close();
  assert.equal(refused.code, 1);
  assert.match(refused.printed, new RegExp(`Port ${port} is in use`));
  assert.doesNotMatch(refused.printed, /\n\s+at /);
}

/** Prints how long a start takes until a call could be answered. */
async function proveStart(folder: string): Promise<void> {
  const began = performance.now();
  const child = start(folder, 'parley-realtime-sandbox', ['--port', '0']);
  const [baseUrl] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  const printedMs = performance.now() - began;
  const headers = { authorization: 'Bearer sk-any', 'content-type': 'application/json' };
  const speech = await fetch(new URL('/__sandbox/speech', baseUrl), {
    method: 'POST',
    headers,
    body: JSON.stringify({ text: 'Hello.' }),
  });
  assert.equal(speech.status, 200);
  const readyMs = performance.now() - began;
  console.log(
    `The address was printed after ${Math.round(printedMs)} ms, and the models were ready after ${Math.round(readyMs)} ms.`,
  );
  child.kill('SIGTERM');
  await once(child, 'exit');
}

async function run(
  folder: string,
  program: string,
  args: string[],
): Promise<{ code: number | null; printed: string }> {
  const child = start(folder, program, args);
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, printed: Buffer.concat(chunks).toString('utf8') };
}

/** The file behind the command: a shell in between, as npm's, would keep a kill to itself. */
function start(folder: string, program: string, args: string[]) {
  const name = program.replace('parley-', '');
  const file = join(folder, 'node_modules/@parley', name, 'bin.mjs');
  return spawn(process.execPath, [file, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'test' },
  }) satisfies ChildProcess;
}
