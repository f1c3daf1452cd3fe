import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test, vi } from 'vitest';
import type { User } from '@/lib/server/auth/user';
import { log } from '@/lib/server/platform/log';
import { findPastCall, listPastCalls, MOST_PAST_CALLS } from '@/lib/server/records/call-history';
import { deleteTranscript, keepTranscript, readTranscript } from '@/lib/server/records/kept-transcripts';
import { recordKeys } from '@/lib/server/records/record-keys';
import {
  createCallFixture,
  end,
  eventually,
  NO_CALL,
  open,
  openAndConnect,
  passSeconds,
  refusedWith,
  toolRequest,
  visitor,
} from '@/lib/server/testing/call-fixture';
import { runToolOnce } from '@/lib/server/tools/run-once';
import { KeepTranscriptRequest, type KeptEntry, MOST_KEPT } from '@/lib/shared/kept-transcript';

const fixture = createCallFixture(startRedis, {
  OPENAI_REALTIME_MODEL: 'gpt-realtime-mini',
  VOICE_CALLS_PER_MINUTE: '1000',
});

const ENTRIES: KeptEntry[] = [
  { kind: 'agent', speaker: 'Ada', text: 'Hello.', interrupted: false },
  { kind: 'user', text: 'Say it aloud.', typed: true },
  { kind: 'tool', title: 'Echo aloud', state: 'done', outcome: 'Hello.' },
  { kind: 'note', text: 'The connection came back.' },
];

async function talk(user = visitor(), seconds = 20) {
  const { callId } = await openAndConnect(user);
  passSeconds(seconds);
  await end(user, callId);
  await eventually(async () => expect(await findPastCall(user.id, callId)).not.toBeNull());
  return { user, callId };
}

describe('the history', () => {
  test('lists a user’s own settled calls, the newest first', async () => {
    const { user, callId } = await talk();
    passSeconds(60);
    const { callId: later } = await talk(user, 7);
    await talk();
    const past = await listPastCalls(user.id);
    expect(past.map((call) => call.callId)).toEqual([later, callId]);
    expect(past[0]).toMatchObject({ agent: 'ada', reason: 'user', seconds: 7, done: [] });
    expect(past[0]?.estimateMicroUsd).toBe(7_000);
  });

  test('lists a call that a newer version stored, which ended for a reason that this one does not know', async () => {
    const { user, callId } = await talk();
    const key = recordKeys.pastCall(callId);
    await fixture.redis.set(key, { ...(await fixture.redis.get<object>(key)), reason: 'a_newer_reason' });
    const past = { callId, reason: 'server_hangup', seconds: 20 };
    expect(await listPastCalls(user.id)).toMatchObject([past]);
    expect(await findPastCall(user.id, callId)).toMatchObject(past);
  });

  test('has a call that the database could not take at first', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    const failed = vi.spyOn(log(), 'warn');
    const restore = fixture.cutDatabase('voice:past-call');
    await end(user, callId);
    const work = expect.objectContaining({ work: 'remember call' });
    await eventually(() => expect(failed).toHaveBeenCalledWith(work, expect.any(String)));
    failed.mockRestore();
    restore();
    await eventually(async () => expect(await findPastCall(user.id, callId)).toMatchObject({ seconds: 0 }));
  });

  test('is empty for a new user, and does not list an open call', async () => {
    const user = visitor();
    expect(await listPastCalls(user.id)).toEqual([]);
    await open(user);
    expect(await listPastCalls(user.id)).toEqual([]);
  });

  test('lists the titles of the tools that changed something, and no others', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    await runToolOnce(user, callId, 'echo', toolRequest());
    const reply = await runToolOnce(user, callId, 'echo_with_approval', toolRequest());
    expect(reply).toMatchObject({ ok: true });
    await end(user, callId);
    await eventually(async () =>
      expect(await findPastCall(user.id, callId)).toMatchObject({ done: ['Echo aloud'] }),
    );
  });

  test('does not show another user’s call', async () => {
    const { callId } = await talk();
    expect(await findPastCall(visitor().id, callId)).toBeNull();
    expect(await findPastCall(visitor().id, NO_CALL)).toBeNull();
  });
});

test.each([
  ['', () => {}],
  [
    ', also if the reply of the database is lost on the way',
    (user: User) => fixture.loseReply(recordKeys.history(user.id)),
  ],
])(
  'a call that falls off the history takes along its facts and what was kept of it%s',
  async (_, trouble) => {
    const { user, callId } = await talk();
    await keepTranscript(user.id, callId, ENTRIES);
    const later = Array.from({ length: MOST_PAST_CALLS - 1 }, (_, index) => ({
      score: Date.now() + index,
      member: `call_later_${index}`,
    }));
    for (const one of later) await fixture.redis.zadd(recordKeys.history(user.id), one);
    expect(await readTranscript(user.id, callId)).toEqual(ENTRIES);
    passSeconds(1000);
    trouble(user);
    await talk(user);
    await eventually(async () => expect(await readTranscript(user.id, callId)).toBeNull());
    expect(await findPastCall(user.id, callId)).toBeNull();
    expect(await fixture.redis.zscore(recordKeys.kept(user.id), callId)).toBeNull();
    await eventually(async () =>
      expect(await fixture.redis.zcard(recordKeys.history(user.id))).toBe(MOST_PAST_CALLS),
    );
  },
);

describe('a conversation', () => {
  test('is kept and deleted when its owner asks', async () => {
    const { user, callId } = await talk();
    expect(await readTranscript(user.id, callId)).toBeNull();
    await keepTranscript(user.id, callId, ENTRIES);
    expect(await readTranscript(user.id, callId)).toEqual(ENTRIES);
    await deleteTranscript(user.id, callId);
    expect(await readTranscript(user.id, callId)).toBeNull();
    await expect(deleteTranscript(user.id, callId)).resolves.toBeUndefined();
  });

  test('that a newer version stored is shown without the entries that this one does not know', async () => {
    const { user, callId } = await talk();
    const entries = [{ kind: 'picture', alt: 'A cat' }, ...ENTRIES];
    await fixture.redis.set(recordKeys.transcript(callId), { owner: user.id, entries });
    expect(await readTranscript(user.id, callId)).toEqual(ENTRIES);
  });

  test('cannot be kept, read or deleted by another user', async () => {
    const { user, callId } = await talk();
    const other = visitor();
    await expect(keepTranscript(other.id, callId, ENTRIES)).rejects.toEqual(refusedWith('call_not_found'));
    await keepTranscript(user.id, callId, ENTRIES);
    expect(await readTranscript(other.id, callId)).toBeNull();
    await expect(deleteTranscript(other.id, callId)).rejects.toEqual(refusedWith('call_not_found'));
    expect(await readTranscript(user.id, callId)).toEqual(ENTRIES);
  });

  test('is not kept while the call goes on', async () => {
    const user = visitor();
    const { callId } = await openAndConnect(user);
    await expect(keepTranscript(user.id, callId, ENTRIES)).rejects.toEqual(refusedWith('bad_request'));
  });

  test('is not kept of a call that never connected: there was none', async () => {
    const user = visitor();
    const { callId } = await open(user);
    await end(user, callId);
    await expect(keepTranscript(user.id, callId, ENTRIES)).rejects.toEqual(refusedWith('call_not_found'));
  });

  test('is not kept with more words than fit into the call', async () => {
    const { user, callId } = await talk(visitor(), 1);
    const long: KeptEntry[] = [{ kind: 'user', text: 'x'.repeat(8_000), typed: true }];
    await keepTranscript(user.id, callId, [...long, ...long]);
    await expect(keepTranscript(user.id, callId, [...long, ...long, ...long])).rejects.toEqual(
      refusedWith('payload_too_large'),
    );
    const longer = await talk(visitor(), 30);
    await keepTranscript(longer.user.id, longer.callId, [...long, ...long, ...long]);
  });

  test('is refused as the 21st, until one is deleted or expires; keeping one again is not', async () => {
    const { user, callId } = await talk();
    const kept = recordKeys.kept(user.id);
    for (let index = 1; index < MOST_KEPT; index++) {
      await fixture.redis.zadd(kept, { score: Date.now() + index, member: `call_kept_${index}` });
    }
    await keepTranscript(user.id, callId, ENTRIES);
    await keepTranscript(user.id, callId, ENTRIES);
    const { callId: next } = await talk(user);
    await expect(keepTranscript(user.id, next, ENTRIES)).rejects.toEqual(refusedWith('transcripts_full'));
    await deleteTranscript(user.id, callId);
    await keepTranscript(user.id, next, ENTRIES);
    await expect(keepTranscript(user.id, callId, ENTRIES)).rejects.toEqual(refusedWith('transcripts_full'));
    passSeconds(31 * 24 * 3600);
    await keepTranscript(user.id, callId, ENTRIES);
  });

  test('stores nothing but what the screen showed', () => {
    const withArguments = { ...ENTRIES[2], arguments: { day: 'Friday' } };
    expect(KeepTranscriptRequest.safeParse({ entries: [withArguments] }).success).toBe(false);
    expect(KeepTranscriptRequest.safeParse({ entries: [] }).success).toBe(false);
    const tooMany = Array.from({ length: 501 }, () => ENTRIES[1]);
    expect(KeepTranscriptRequest.safeParse({ entries: tooMany }).success).toBe(false);
    expect(KeepTranscriptRequest.safeParse({ entries: ENTRIES }).success).toBe(true);
  });
});
