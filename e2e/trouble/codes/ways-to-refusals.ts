import { randomUUID } from 'node:crypto';
import type { ErrorCode } from '../../../lib/shared/errors.ts';
import type { ProviderErrorCode } from '../../../lib/shared/provider-cause.ts';
import { newGuest, newPerson } from '../../attack/server/people.ts';
import { become, TICKET, type Walk } from './walk.ts';

/** Makes the next attempt meet a refusal. May return what takes that back. */
type Way = (walk: Walk) => Promise<unknown>;

interface Changes {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
  postData?: string;
}

/** The page's request for a ticket reaches the server changed, as an older page or another client would write it. */
async function change({ page, server }: Walk, { path, headers = {}, ...rest }: Changes): Promise<void> {
  await page.route(
    TICKET,
    async (route) => {
      const { 'content-length': _, ...sent } = await route.request().allHeaders();
      const response = await route.fetch({
        ...(path === undefined ? {} : { url: `${server.url}${path}` }),
        ...rest,
        headers: { ...sent, ...headers },
      });
      await route.fulfill({ response });
    },
    { times: 1 },
  );
}

const changed =
  (changes: Changes): Way =>
  (walk) =>
    change(walk, changes);

/** Of what the server cannot be brought to say here. */
const answered =
  (status: number, code: ErrorCode, message: string): Way =>
  ({ page }) =>
    page.route(
      TICKET,
      (route) => route.fulfill({ status, json: { error: { code, message, requestId: 'r' } } }),
      {
        times: 1,
      },
    );

/** A call of the person who makes the attempt. */
async function openedCall({ server, person }: Walk): Promise<{ callId: string; tool: string }> {
  const { callId, tools } = JSON.parse((await server.mint(person)).text);
  return { callId, tool: tools[0].name };
}

/** The same, and the browser reported its connection. */
async function connectedCall(walk: Walk): ReturnType<typeof openedCall> {
  const call = await openedCall(walk);
  await walk.server.redis.hset(`voice:call:${call.callId}`, { connectedAtMs: Date.now() });
  return call;
}

const ofCall = (callId: string, rest: string) => `/api/voice/calls/${callId}/${rest}`;
const asked = { postData: '{"arguments":{}}' };
const nothing = { postData: '{}' };

async function asGuestFrom(walk: Walk, address: string, path?: string): Promise<void> {
  await become(walk, await newGuest());
  await change(walk, { headers: { 'x-real-ip': address }, ...(path === undefined ? {} : { path }) });
}

const asOwner = async ({ server }: Walk, path: string, method = 'POST', body: object = {}) => {
  const boss = await newPerson({ verifiedEmail: 'boss@example.com' });
  const reply = await server.send(path, { as: boss, method, body });
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status} ${reply.text}`);
};

/**
 * The first breaks the database, so it comes before the refusals after which the page is rendered anew. The last ones are
 * remembered by the server for some seconds, for guests and then for everybody.
 */
export const WAYS: Record<Exclude<ErrorCode, ProviderErrorCode>, Way> = {
  async store_unavailable({ server }) {
    server.toRedis.fault = { kind: 'refused' };
    return () => {
      server.toRedis.fault = { kind: 'none' };
    };
  },
  bad_request: changed({ postData: '{"agent":5}' }),
  unauthenticated: ({ page }) => page.context().clearCookies(),
  async ticket_refused(walk) {
    const { callId } = await openedCall(walk);
    await change(walk, { path: ofCall(callId, 'sdp'), ...nothing });
  },
  forbidden: changed({ path: '/api/admin/pause' }),
  async blocked(walk) {
    await asOwner(walk, '/api/admin/blocks', 'POST', { kind: 'network', address: '203.0.113.7' });
    await asGuestFrom(walk, '203.0.113.7');
  },
  origin_refused: changed({ headers: { origin: 'https://elsewhere.example' } }),
  agent_forbidden: answered(
    403,
    'agent_forbidden',
    'Your account cannot talk to this agent. Choose another one.',
  ),
  async tool_forbidden(walk) {
    const { callId, tool } = await connectedCall(walk);
    await walk.server.redis.hset(`voice:call:${callId}`, { agent: 'nobody' });
    await change(walk, { path: ofCall(callId, `tools/${tool}/preview`), ...asked });
  },
  not_found: changed({ path: '/api/nothing' }),
  unknown_agent: changed({ postData: '{"agent":"nobody"}' }),
  async unknown_tool(walk) {
    const { callId } = await openedCall(walk);
    await change(walk, { path: ofCall(callId, 'tools/nothing/preview'), ...asked });
  },
  call_not_found: changed({ path: ofCall(`call_${randomUUID()}`, 'resume'), ...nothing }),
  async already_in_call(walk) {
    await openedCall(walk);
  },
  async call_ended(walk) {
    const { callId } = await openedCall(walk);
    await walk.server.send(ofCall(callId, 'end'), { as: walk.person, body: { reason: 'user' } });
    await change(walk, { path: ofCall(callId, 'resume'), ...nothing });
  },
  async call_not_connected(walk) {
    const { callId, tool } = await openedCall(walk);
    await change(walk, { path: ofCall(callId, `tools/${tool}/preview`), ...asked });
  },
  async transcripts_full(walk) {
    const { server, person } = walk;
    const { callId } = await connectedCall(walk);
    await server.send(ofCall(callId, 'end'), { as: person, body: { reason: 'user' } });
    const kept = Array.from({ length: 20 }, () => ({ score: Date.now(), member: `call_${randomUUID()}` }));
    const [first, ...others] = kept;
    if (first) await server.redis.zadd(`voice:kept:${person.id}`, first, ...others);
    const postData = '{"entries":[{"kind":"note","text":"Hello"}]}';
    await change(walk, { method: 'PUT', path: `/api/calls/${callId}/transcript`, postData });
  },
  async not_resumable(walk) {
    const { callId } = await openedCall(walk);
    await walk.server.redis.hset(`voice:call:${callId}`, { resumes: 99 });
    await change(walk, { path: ofCall(callId, 'resume'), ...nothing });
  },
  payload_too_large: changed({ postData: `{"agent":"${'x'.repeat(1e6)}"}` }),
  unsupported_media_type: changed({ headers: { 'content-type': 'text/plain' } }),
  async rate_limited({ server, person }) {
    const mint = () => server.mint(person, { takeOver: true });
    for (let count = 0; count < 45 && (await mint()).status === 201; count++);
  },
  async allowance_exhausted({ server, person }) {
    await server.spend(person.id, 3600);
  },
  internal: answered(
    500,
    'internal',
    'Something went wrong on our side. Try again. If it keeps happening, report it with the request id.',
  ),
  not_configured: answered(
    503,
    'not_configured',
    'This site is not set up yet. The setup page shows its owner what is missing.',
  ),
  async site_paused(walk) {
    await asOwner(walk, '/api/admin/pause');
    return () => asOwner(walk, '/api/admin/pause', 'DELETE');
  },
  async network_busy(walk) {
    const headers = { 'x-real-ip': '203.0.113.8' };
    await walk.server.send('/api/voice/session', { as: await newGuest(), headers });
    await asGuestFrom(walk, '203.0.113.8');
  },
  async budget_exhausted(walk) {
    await walk.server.spend('guests', 1e12);
    await asGuestFrom(walk, '203.0.113.9');
  },
  async site_busy({ server }) {
    await server.open(await newPerson());
    const { held } = await server.sums('site');
    await server.spend('site', 100_000 * 1e6 - held);
  },
};
