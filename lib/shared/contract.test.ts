import { expect, test } from 'vitest';
import {
  ConnectedRequest,
  EndCallRequest,
  ErrorResponse,
  OpenCallRequest,
  ToolReply,
} from '@/lib/shared/contract';
import { ERROR_STATUS, parseErrorBody } from '@/lib/shared/errors';
import { CallId, RtcCallId, ToolCallId } from '@/lib/shared/ids';

test('a call needs no agent: the site has a default', () => {
  expect(OpenCallRequest.parse({})).toEqual({ takeOver: false, options: {} });
  expect(OpenCallRequest.safeParse({ agnet: 'ada' }).success).toBe(false);
});

test('a newer page can still report a connection to an older server, and end its call', () => {
  const end = { reason: 'bored', cause: 'moon_phase', turns: [{ atMs: 'soon' }], mood: 'fine' };
  expect(EndCallRequest.parse(end)).toEqual({ reason: 'server_hangup' });
  expect(EndCallRequest.safeParse({}).success).toBe(false);
  expect(ConnectedRequest.parse({ rtcCallId: 'rtc_1', mood: 'fine' })).toEqual({ rtcCallId: 'rtc_1' });
});

test('a refusal reads the same with the schema and without it', () => {
  for (const code of Object.keys(ERROR_STATUS)) {
    const body = { error: { code, message: 'No.', requestId: 'request-1', retryAfterSeconds: 7 } };
    expect(parseErrorBody(body)).toEqual(ErrorResponse.parse(body).error);
  }
  for (const body of [null, {}, { error: {} }, { error: { code: 'toString', message: '', requestId: '' } }]) {
    expect(parseErrorBody(body)).toBeNull();
    expect(ErrorResponse.safeParse(body).success).toBe(false);
  }
});

test('a tool reply is a success with words or a failure with a code, and its handoff is complete', () => {
  const ok = { ok: true, summary: 'Done.', data: null };
  const handoff = { agent: { name: 'bo', title: 'Bo' }, tools: [], session: {} };
  expect(ToolReply.safeParse(ok).success).toBe(true);
  expect(ToolReply.safeParse({ ok: false, error: { code: 'timed_out', message: 'Late.' } }).success).toBe(
    true,
  );
  for (const reply of [{ ok: true }, { ok: false }, { ...ok, handoff }]) {
    expect(ToolReply.safeParse(reply).success).toBe(false);
  }
});

test.each([
  [CallId, 'call_1f-A', ['call_', 'call_1:tools', '../call_1', 'rtc_1', `call_${'x'.repeat(81)}`]],
  [RtcCallId, 'rtc_u0_1', ['', 'x', '..', 'rtc_1/hangup', 'rtc 1', 'x'.repeat(129)]],
  [RtcCallId, 'sess-of-another-service', []],
  [ToolCallId, 'call_abc-1', ['', 'a b', 'x'.repeat(129)]],
] as const)('an id passes in its own form only', (schema, good, bad) => {
  expect(schema.parse(good)).toBe(good);
  for (const text of bad) expect(schema.safeParse(text).success).toBe(false);
});
