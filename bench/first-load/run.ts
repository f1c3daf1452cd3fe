/**
 * Measures how much JavaScript the Talk page loads at first, beside an empty page in the same layout and build:
 * `jiti bench/first-load/run.ts`. Exits with 1 when it is more than allowed.
 */
import { gzipSync } from 'node:zlib';
import { signInAsGuest } from '../../sandbox/runner/services/guest-session.ts';
import { print } from '../browser.ts';
import { startServer } from '../start-server.ts';
import { buildBesideEmpty, EMPTY_PATH } from './build-beside-empty.ts';

/** The Talk page may load this much more than the empty one. */
const ALLOWED_RATIO = 1.08;

/** Returns the addresses of a page's scripts, without those for browsers without modules. */
function scriptsOf(html: string): string[] {
  const tags = [...html.matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
  const sources = tags.flatMap((tag) =>
    /\bnomodule\b/i.test(tag) ? [] : (/\bsrc="([^"]+)"/.exec(tag)?.[1] ?? []),
  );
  return [...new Set(sources)];
}

async function read(url: string, cookie: string): Promise<string> {
  const response = await fetch(url, { headers: { cookie }, redirect: 'error' });
  if (!response.ok) throw new Error(`${url} returned ${response.status}.`);
  return response.text();
}

/** Returns the bytes sent over the network, compressed as Next compresses. */
async function scriptBytes(origin: string, path: string, cookie: string): Promise<number> {
  const scripts = scriptsOf(await read(origin + path, cookie));
  if (scripts.length === 0) throw new Error(`${path} refers to no script.`);
  const bodies = await Promise.all(scripts.map((source) => read(new URL(source, origin).href, cookie)));
  return bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
}

const build = await buildBesideEmpty();
try {
  const server = await startServer({ directory: build.directory });
  try {
    const cookie = await signInAsGuest(server.origin, AbortSignal.timeout(15_000));
    const talk = await scriptBytes(server.origin, '/', cookie);
    const empty = await scriptBytes(server.origin, EMPTY_PATH, cookie);
    print('first load of the Talk page, bytes of script, gzip', talk);
    print('first load of an empty page in the same layout', empty);
    print(`ratio, at most ${ALLOWED_RATIO}`, talk / empty);
    if (talk / empty > ALLOWED_RATIO) process.exitCode = 1;
  } finally {
    await server.stop();
  }
} finally {
  await build.remove();
}
