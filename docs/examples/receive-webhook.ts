import { createHmac, timingSafeEqual } from 'node:crypto';

/** Returns whether Parley sent this, a few minutes ago at most. `secret` is `VOICE_WEBHOOK_SECRET`. */
export function isFromParley(headers: Headers, body: string, secret: string): boolean {
  const id = headers.get('webhook-id') ?? '';
  const seconds = headers.get('webhook-timestamp') ?? '';
  if (!(Math.abs(Date.now() / 1000 - Number(seconds)) < 300)) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest();
  return (headers.get('webhook-signature') ?? '').split(' ').some((signature) => {
    const given = Buffer.from(signature.replace('v1,', ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}

/** Receives one webhook, and passes it on to a channel of Slack: `slackUrl` is an incoming webhook there. */
export async function receiveWebhook(request: Request, secret: string, slackUrl: string): Promise<Response> {
  const body = await request.text();
  if (!isFromParley(request.headers, body, secret)) return new Response(null, { status: 401 });
  const { type, data } = JSON.parse(body);
  const text = `${type} ${JSON.stringify(data)}`;
  const passedOn = await fetch(slackUrl, { method: 'POST', body: JSON.stringify({ text }) });
  // With anything but 2xx, Parley sends the message again.
  return new Response(null, { status: passedOn.ok ? 204 : 502 });
}
