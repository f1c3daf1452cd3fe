import { startRedis } from '@parley/redis-sandbox';
import { describe, expect, test } from 'vitest';
import { findPastCall, listPastCalls } from '@/lib/server/records/call-history';
import { deleteTranscript, keepTranscript, readTranscript } from '@/lib/server/records/kept-transcripts';
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
import { KeepTranscriptRequest, type KeptEntry } from '@/lib/shared/kept-transcript';

createCallFixture(startRedis, { OPENAI_REALTIME_MODEL: 'gpt-realtime-mini', VOICE_CALLS_PER_MINUTE: '1000' });

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

  test('stores nothing but what the screen showed', () => {
    const withArguments = { ...ENTRIES[2], arguments: { day: 'Friday' } };
    expect(KeepTranscriptRequest.safeParse({ entries: [withArguments] }).success).toBe(false);
    expect(KeepTranscriptRequest.safeParse({ entries: [] }).success).toBe(false);
    const tooMany = Array.from({ length: 501 }, () => ENTRIES[1]);
    expect(KeepTranscriptRequest.safeParse({ entries: tooMany }).success).toBe(false);
    expect(KeepTranscriptRequest.safeParse({ entries: ENTRIES }).success).toBe(true);
  });
});
