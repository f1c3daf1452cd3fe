import { expect } from 'playwright/test';
import { test as base } from '../fixtures.ts';

/** Names and addresses that lead a phone to itself. */
const ITSELF = /\b127\.\d+\.\d+\.\d+\b|\blocalhost\b|\[::1\]/;

interface Watched {
  pageConnections: RTCPeerConnection[];
}

/** The tests of a phone. One that is sent, or handed by the API or an SDP answer, to an address of its own fails. */
export const test = base.extend<{ reachable: undefined }>({
  reachable: [
    async ({ page, baseURL, recorder }, use) => {
      const site = new URL(baseURL ?? '');
      const elsewhere: string[] = [];
      const reading: Promise<void>[] = [];
      const note = (url: string) => {
        const { protocol, host } = new URL(url);
        if (/^(http|ws)/.test(protocol) && host !== site.host) elsewhere.push(url);
      };
      page.on('request', (request) => note(request.url()));
      page.on('websocket', (socket) => note(socket.url()));
      page.on('response', (response) => {
        const { pathname } = new URL(response.url());
        if (!pathname.startsWith('/api/')) return;
        const read = async () => {
          const handed = ITSELF.exec(`${JSON.stringify(response.headers())} ${await response.text()}`);
          if (handed) elsewhere.push(`${handed[0]}, by ${pathname}`);
        };
        // A redirect or an aborted request has no body.
        reading.push(read().catch(() => undefined));
      });
      await use(undefined);
      await Promise.all(reading);
      expect(elsewhere).toEqual([]);
      const answers = await page.evaluate(() =>
        (window as unknown as Watched).pageConnections.map(
          ({ remoteDescription }) => remoteDescription?.sdp ?? '',
        ),
      );
      expect((await recorder.read()).events.length, 'the call was recorded').toBeGreaterThan(0);
      const candidates = answers.join('\n').match(/^a=candidate:.*$/gm) ?? [];
      expect(candidates.length).toBeGreaterThan(0);
      expect(candidates.filter((candidate) => ITSELF.test(candidate))).toEqual([]);
      expect(candidates.join('\n'), 'the address of the network is offered').toContain(` ${site.hostname} `);
    },
    { auto: true },
  ],
});
