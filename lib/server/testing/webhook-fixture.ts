import { afterAll, beforeAll } from 'vitest';
import { NEW_SECRET, startReceiver } from '@/lib/server/testing/webhook-receiver';

/** Has the site send its webhooks to a receiver, for all tests of the file. Goes after `createCallFixture`. */
export function createWebhookFixture(secrets = NEW_SECRET) {
  let receiver: Awaited<ReturnType<typeof startReceiver>>;

  beforeAll(async () => {
    receiver = await startReceiver();
    process.env.VOICE_WEBHOOK_URL = receiver.url;
    process.env.VOICE_WEBHOOK_SECRET = secrets;
  });
  afterAll(() => receiver.close());

  return {
    get url() {
      return receiver.url;
    },
    get received() {
      return receiver.received;
    },
    get next() {
      return receiver.next;
    },
    ofType: (type: string) => receiver.ofType(type),
    reset: () => receiver.reset(),
  };
}
