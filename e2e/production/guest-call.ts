import assert from 'node:assert/strict';
import { type Send, signInAsGuest } from '../../sandbox/runner/services/guest-session.ts';
import { GOOD_OFFER } from '../attack/fuzz/offers.ts';

const LIMIT_MS = 20_000;

export interface GuestCall {
  callId: string;
  /** The whole `Cookie` header of the guest. */
  cookie: string;
}

/** Sends a request as the site's own page does. */
export const postAs = (cookie: string, url: string, body: object, send: Send = fetch): Promise<Response> =>
  send(url, {
    method: 'POST',
    headers: { cookie, origin: new URL(url).origin, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/**
 * A guest signs in and opens a call, over HTTP as a browser does. Throws when the site is not ready, refuses, or does
 * not relay the call.
 */
export async function openGuestCall(url: string, send: Send = fetch): Promise<GuestCall> {
  const health = await send(`${url}/api/health`, {});
  assert.equal(health.status, 200, await health.clone().text());
  const cookie = await signInAsGuest(url, AbortSignal.timeout(LIMIT_MS), send);
  const opened = await postAs(cookie, `${url}/api/voice/session`, {}, send);
  assert.equal(opened.status, 201, await opened.clone().text());
  const { callId, secret, callUrl } = await opened.json();
  assert.equal(typeof callId, 'string');
  assert.ok(String(secret.value).length > 20, 'The call has no ticket.');
  assert.ok(new URL(callUrl, url).href.startsWith(`${url}/api/voice/calls/`), 'A guest is not relayed.');
  return { callId, cookie };
}

/** Opens a call that this server connects in the same request. Returns the response. */
export const connectCall = (url: string, cookie: string, send: Send = fetch): Promise<Response> =>
  postAs(cookie, `${url}/api/voice/session`, { offer: GOOD_OFFER, takeOver: true }, send);

/** Ends a call. Throws unless the server returns its receipt. */
export async function endGuestCall(url: string, { callId, cookie }: GuestCall, send: Send = fetch) {
  const ended = await postAs(cookie, `${url}/api/voice/calls/${callId}/end`, { reason: 'user' }, send);
  assert.equal(ended.status, 200, await ended.clone().text());
  assert.equal(typeof (await ended.json()).seconds, 'number');
}
