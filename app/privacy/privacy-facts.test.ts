import { expect, test } from 'vitest';
import { site } from '@/business/site';
import { readEnv } from '@/lib/server/platform/env';
import { NEW_SECRET } from '@/lib/server/testing/webhook-receiver';
import { privacyFacts } from './privacy-facts';

/** Returns everything that the page says under these settings, in one text. */
const say = (variables: Record<string, string>) =>
  privacyFacts(readEnv(variables), 'your messages')
    .flatMap(({ heading, paragraphs }) => [heading, ...paragraphs])
    .join('\n');

const SANDBOX = { PARLEY_SANDBOX: '1', OPENAI_BASE_URL: 'http://127.0.0.1:8080/v1' };

test.each<[string, Record<string, string>, RegExp, RegExp | null]>([
  ['the provider, by name', {}, /goes to OpenAI, which answers/, /sandbox/],
  [
    'another provider',
    { OPENAI_BASE_URL: 'https://voice.example.net/v1' },
    /goes to voice\.example\.net/,
    /OpenAI/,
  ],
  ['the region of the provider', { OPENAI_BASE_URL: 'https://eu.api.openai.com/v1' }, /goes to OpenAI/, null],
  ['nobody, in the sandbox', SANDBOX, /Nobody outside this site/, /OpenAI/],
  ['who writes down what is said', {}, /also writes down what you say/, null],
  ['no one who writes it down', { OPENAI_REALTIME_OMIT: 'transcription' }, /goes to OpenAI/, /writes down/],
  ['how long for members', { AUTH_GUEST: 'false' }, /For 30 days\./, /guests/],
  ['how long for guests', { AUTH_GUEST: 'true' }, /For 30 days, for guests 7 days\./, null],
  ['that it is an AI', {}, /With an AI, not with a person/, null],
  [
    'another service that is told what happens',
    { VOICE_WEBHOOK_URL: 'https://hooks.example.com/', VOICE_WEBHOOK_SECRET: NEW_SECRET },
    /Another of the owner’s services is told what happens/,
    /hooks\.example\.com/,
  ],
  [
    'the service that gets traces',
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'https://otlp.example.com' },
    /gets the times of each call/,
    /otlp\.example/,
  ],
  ['no other service', {}, /With an AI/, /Another service/],
  ['what the business stores', {}, /your messages/, null],
])('names %s', (_, variables, says, leavesOut) => {
  const text = say(variables);
  expect(text).toMatch(says);
  if (leavesOut) expect(text).not.toMatch(leavesOut);
});

test('has a place for the owner, and says when it is empty', () => {
  const before = { ...site.privacy };
  expect(say({})).toContain('hasn’t filled in this part yet');
  Object.assign(site.privacy, {
    owner: 'Ann Owner, Lane 1',
    contact: 'ann@example.com',
    notice: ['Our basis is …'],
  });
  const text = say({});
  Object.assign(site.privacy, before);
  expect(text).toContain('Ann Owner, Lane 1\nQuestions go to ann@example.com.\nOur basis is …');
});
