import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll } from 'vitest';

export const SITE = 'https://voice.example.com';
export const CURRENT_KEY = 'sig_current';
export const NEXT_KEY = 'sig_next';

/** The variables of a site that QStash reaches. */
export const WITH_QSTASH = {
  NEXTAUTH_URL: SITE,
  QSTASH_TOKEN: 'qstash-token',
  QSTASH_CURRENT_SIGNING_KEY: CURRENT_KEY,
  QSTASH_NEXT_SIGNING_KEY: NEXT_KEY,
} as const;

interface Published {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Starts a QStash that records what it is asked, for all tests of the file. Goes after `createCallFixture`. */
export function createQstashFixture() {
  const published: Published[] = [];
  const next = { status: 201 };
  const server = createServer(async (request, response) => {
    published.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
    response.writeHead(next.status).end('{"messageId":"msg_1"}');
  });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    process.env.QSTASH_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    published,
    next,
    /** The messages in which a word is, such as the id of a call. */
    publishedFor: (word: string) => published.filter(({ body }) => body.includes(word)),
    reset() {
      published.length = 0;
      next.status = 201;
    },
  };
}

/** Returns when QStash was asked to send a message, in milliseconds. */
export const sendTimeMs = ({ headers }: Published): number => Number(headers['upstash-not-before']) * 1000;
