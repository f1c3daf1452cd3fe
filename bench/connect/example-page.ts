import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

/** The Agents SDK as it ships for browsers. */
const SDK_FOLDER = new URL('../../node_modules/@openai/agents-realtime/dist/bundle/', import.meta.url);

/**
 * The order of the Agents SDK's own Next example: a click asks the server for a token, then the SDK connects with its
 * defaults, microphone included. `connect()` returns the milliseconds between the two ends.
 */
const PAGE = `<!doctype html><title>Example</title><script type="module">
import { RealtimeAgent, RealtimeSession, tool } from '/sdk/openai-realtime-agents.mjs';

const agent = new RealtimeAgent({ name: 'Greeter', instructions: 'You are a friendly assistant.' });
globalThis.leave = () => {};

globalThis.connect = async () => {
  const beganMs = performance.now();
  const session = new RealtimeSession(agent, { model: 'gpt-realtime-2.1-mini' });
  const { value } = await fetch('/token', { method: 'POST' }).then((response) => response.json());
  await session.connect({ apiKey: value, url: CALLS_URL });
  globalThis.leave = () => session.close();
  return performance.now() - beganMs;
};
</script>`;

interface Provider {
  /** Such as `http://127.0.0.1:3102/v1`. */
  baseUrl: string;
  apiKey: string;
}

/** Serves the example's page and its token. There is no sign-in, no limit and no database. */
export async function startExample({ baseUrl, apiKey }: Provider) {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const mint = async () => {
    const session = { type: 'realtime', model: 'gpt-realtime-2.1-mini' };
    const body = JSON.stringify({ session });
    return (await fetch(`${baseUrl}/realtime/client_secrets`, { method: 'POST', headers, body })).text();
  };
  const page = PAGE.replace('CALLS_URL', JSON.stringify(`${baseUrl}/realtime/calls`));
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/sdk/')) {
      response.setHeader('content-type', 'text/javascript');
      createReadStream(fileURLToPath(new URL(`.${pathname.slice('/sdk'.length)}`, SDK_FOLDER))).pipe(
        response,
      );
    } else if (pathname === '/token') {
      response.setHeader('content-type', 'application/json').end(await mint());
    } else {
      response.setHeader('content-type', 'text/html').end(page);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    stop: () => server.close(),
  };
}
