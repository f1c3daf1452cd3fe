import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

export const CLIENTS = ['agents-sdk', 'openai-webrtc', 'bare'] as const;
export type Client = (typeof CLIENTS)[number];

export interface Pages {
  url(client: Client): string;
  close(): Promise<void>;
}

const fromHere = (path: string) => new URL(path, import.meta.url);

/**
 * Bundles a page for each client, and serves the pages and the recorded speech from an origin of their own.
 */
export async function servePages(): Promise<Pages> {
  const scripts = new Map<string, string>();
  for (const client of CLIENTS) scripts.set(`/${client}.js`, await bundle(client));
  const server = createServer(async (request, response) => {
    const path = request.url ?? '/';
    const script = scripts.get(path);
    const recording = /^\/speech\/([\w-]+\.wav)$/.exec(path)?.[1];
    if (script) response.setHeader('content-type', 'text/javascript').end(script);
    else if (recording) response.end(await readFile(fromHere(`speech/${recording}`)));
    else response.setHeader('content-type', 'text/html').end(renderPage(path));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: (client) => `http://127.0.0.1:${port}/${client}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const renderPage = (path: string): string =>
  `<!doctype html><title>${path}</title><link rel="icon" href="data:,"><script type="module" src="${path}.js"></script>`;

async function bundle(client: Client): Promise<string> {
  const input = fileURLToPath(fromHere(`pages/${client}.ts`));
  const build = await rolldown({ input, platform: 'browser', logLevel: 'silent' });
  const { output } = await build.generate({ format: 'esm', codeSplitting: false });
  await build.close();
  return output[0].code;
}
