import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Agent } from '@/lib/server/agents/define-agent';
import { ada } from '@/lib/server/testing/business/agents';

const NOW = new Date('2026-11-27T23:30:00Z');

/** Composes the session under these settings, which are read once per process. */
async function compose(
  environment: Record<string, string> = {},
  { agent = ada, options = {}, now = NOW }: { agent?: Agent; options?: object; now?: Date } = {},
) {
  vi.resetModules();
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const { composeSession } = await import('@/lib/server/agents/session-policy');
  return composeSession(agent, options, now);
}

beforeEach(() => {
  vi.unstubAllEnvs();
});

test('a call under the default settings', async () => {
  expect(await compose()).toMatchObject({
    type: 'realtime',
    model: 'gpt-realtime-2.1-mini',
    output_modalities: ['audio'],
    audio: {
      input: {
        noise_reduction: { type: 'near_field' },
        transcription: { model: 'gpt-realtime-whisper', language: 'en' },
        turn_detection: { type: 'semantic_vad', create_response: true, interrupt_response: true },
      },
      output: { voice: 'marin', speed: 1 },
    },
    tool_choice: 'auto',
    max_output_tokens: 1024,
    truncation: { type: 'retention_ratio', retention_ratio: 0.8 },
    tracing: null,
    reasoning: { effort: 'low' },
  });
});

test('the tools are those of the agent, in its order, with their schemas', async () => {
  const { tools } = await compose({}, { agent: { ...ada, tools: ['end_call', 'echo'] } });
  expect(tools).toEqual([
    expect.objectContaining({ type: 'function', name: 'end_call' }),
    expect.objectContaining({
      name: 'echo',
      parameters: expect.objectContaining({
        properties: { text: expect.objectContaining({ description: 'What to say.' }) },
        additionalProperties: false,
      }),
    }),
  ]);
});

test('a model without reasoning gets no reasoning effort', async () => {
  expect(await compose({ OPENAI_REALTIME_MODEL: 'gpt-realtime-1.5' })).not.toHaveProperty('reasoning');
});

describe('it says that it is an AI', () => {
  const opening = async (environment: Record<string, string>, agent: Agent) =>
    /^# Opening\n(.*?)(?=\n\n|$(?![\s\S]))/ms.exec(
      (await compose(environment, { agent })).instructions ?? '',
    )?.[1];

  test('with its first words, whether it greets or not, in the language of the call', async () => {
    expect(await opening({}, ada)).toMatch(/You speak first[\s\S]+You are an AI\..+first sentence.+English/);
    const silent = await opening(
      { OPENAI_REALTIME_LANGUAGE: 'de' },
      { ...ada, greeting: null, greets: false },
    );
    expect(silent).not.toContain('You speak first');
    expect(silent).toMatch(/You are an AI\..+first sentence.+German/);
  });

  test('unless the site switches it off on purpose: the greeting stays', async () => {
    vi.doMock('@/business/site', async (importOriginal) => {
      const { site } = await importOriginal<typeof import('@/business/site')>();
      return { site: { ...site, saysItIsAi: false } };
    });
    const rules = await opening({}, ada);
    vi.doUnmock('@/business/site');
    expect(rules).toContain('You speak first');
    expect(rules).not.toContain('AI');
  });
});

describe('turn-taking', () => {
  const SILENCE = { OPENAI_REALTIME_TURN_DETECTION: 'server_vad' };
  const both = { create_response: true, interrupt_response: true };

  test.each([
    [{}, { type: 'semantic_vad', eagerness: 'auto', ...both }],
    [{ OPENAI_REALTIME_EAGERNESS: 'low' }, { type: 'semantic_vad', eagerness: 'low', ...both }],
    [SILENCE, { type: 'server_vad', silence_duration_ms: 500, ...both }],
    [
      { ...SILENCE, OPENAI_REALTIME_SILENCE_MS: '900', OPENAI_REALTIME_IDLE_MS: '20000' },
      { type: 'server_vad', silence_duration_ms: 900, idle_timeout_ms: 20_000, ...both },
    ],
  ])('by environment: %j', async (environment, detection) => {
    expect((await compose(environment)).audio?.input?.turn_detection).toEqual(detection);
  });

  test('by agent, over the environment; what the agent leaves out stays', async () => {
    const environment = { ...SILENCE, OPENAI_REALTIME_NOISE: 'far_field', OPENAI_REALTIME_REASONING: 'high' };
    const patient: Agent = {
      ...ada,
      turnTaking: { detection: { type: 'semantic_vad', eagerness: 'low' }, effort: 'minimal' },
    };
    const session = await compose(environment, { agent: patient });
    expect(session.audio?.input).toMatchObject({
      turn_detection: { type: 'semantic_vad', eagerness: 'low' },
      noise_reduction: { type: 'far_field' },
    });
    expect(session.reasoning).toEqual({ effort: 'minimal' });
  });

  test('noise reduction can be off', async () => {
    const session = await compose({ OPENAI_REALTIME_NOISE: 'off' });
    expect(session.audio?.input).not.toHaveProperty('noise_reduction');
  });
});

describe('for other services', () => {
  test('a custom voice is named by its id', async () => {
    expect((await compose({ OPENAI_REALTIME_VOICE: 'voice_68f1' })).audio?.output?.voice).toEqual({
      id: 'voice_68f1',
    });
  });

  test('what a service refuses is left out, and nothing else', async () => {
    const whole = await compose();
    const session = await compose({
      OPENAI_REALTIME_OMIT: 'truncation, noise_reduction, transcription, reasoning, tracing, speed',
    });
    const { truncation, reasoning, tracing, ...rest } = whole;
    expect([truncation, reasoning, tracing]).not.toContain(undefined);
    expect(session).toEqual({
      ...rest,
      audio: {
        input: { turn_detection: whole.audio?.input?.turn_detection },
        output: { voice: 'marin' },
      },
    });
  });
});

describe('the instructions', () => {
  test('say who speaks, how, in which language, and what day it is in the time zone of the business', async () => {
    const { instructions = '' } = await compose({});
    const sections = instructions.match(/^# .+$/gm);
    expect(sections).toEqual([
      '# Role and objective',
      '# Speaking',
      '# Unclear audio',
      '# Tools',
      '# Language',
      '# Opening',
      '# Today',
    ]);
    expect(instructions).toContain('You are Ada, of Fixture & Co.');
    expect(instructions).toContain('Speak English, whatever language you hear');
    expect(instructions).toMatch(/Today is Saturday,? 28 November 2026, in the time zone Asia\/Tokyo\./);
  });

  test('carry language, accent, tone and additions of the deployer', async () => {
    const session = await compose({
      OPENAI_REALTIME_LANGUAGE: 'pt-BR',
      OPENAI_REALTIME_VOICE: 'sage',
      OPENAI_REALTIME_VOICE_ACCENT: 'from Lisbon',
      OPENAI_REALTIME_VOICE_TONE: 'dry',
      OPENAI_REALTIME_INSTRUCTIONS: 'Mention the winter sale.',
    });
    expect(session.audio?.input?.transcription?.language).toBe('pt');
    expect(session.audio?.output?.voice).toBe('sage');
    for (const words of [
      'Speak Brazilian Portuguese',
      'Accent: from Lisbon.',
      'Tone: dry.',
      'the winter sale',
    ]) {
      expect(session.instructions).toContain(words);
    }
  });

  test('name a language without a name by its code', async () => {
    const { instructions } = await compose({ OPENAI_REALTIME_LANGUAGE: 'en-ab-cd' });
    expect(instructions).toContain('Speak en-ab-cd, whatever');
  });

  test('begin the same on every day, so that the provider can cache them', async () => {
    const [one = '', other = ''] = await Promise.all(
      [NOW, new Date('2027-03-01T12:00:00Z')].map(async (now) => (await compose({}, { now })).instructions),
    );
    const differ = [...one].findIndex((character, i) => character !== other[i]);
    expect(differ).toBeGreaterThan(one.lastIndexOf('# Today'));
  });

  test('hold no key, address or secret of the deployment', async () => {
    const secrets = {
      OPENAI_API_KEY: 'sk-canary',
      AUTH_SECRET: 'canary'.repeat(8),
      CRON_SECRET: 'canary'.repeat(4),
    };
    expect(JSON.stringify(await compose(secrets))).not.toMatch(/canary|127\.0\.0\.1|http/);
  });

  test('stay short', async () => {
    const { instructions = '' } = await compose();
    expect(instructions.length).toBeLessThan(6000);
  });
});

const SILENCE = { OPENAI_REALTIME_TURN_DETECTION: 'server_vad' } as const;

describe('what the user chose', () => {
  test('takes precedence over agent and environment', async () => {
    const options = { language: 'de', voice: 'cedar', accent: 'Scottish', tone: 'calm' };
    const session = await compose(
      { OPENAI_REALTIME_VOICE_TONE: 'dry' },
      { options, agent: { ...ada, voice: 'sage' } },
    );
    expect(session.audio?.output?.voice).toBe('cedar');
    expect(session.audio?.input?.transcription?.language).toBe('de');
    expect(session.instructions).toMatch(/Speak German.*Accent: Scottish.*Tone: calm/s);
    expect(session.instructions).not.toContain('dry');
  });

  test.each([
    [{}, 'patient', { type: 'semantic_vad', eagerness: 'low' }],
    [{}, 'brisk', { type: 'semantic_vad', eagerness: 'high' }],
    [SILENCE, 'patient', { type: 'server_vad', silence_duration_ms: 1_000 }],
    [{ ...SILENCE, OPENAI_REALTIME_SILENCE_MS: '1500' }, 'patient', { silence_duration_ms: 2_000 }],
    [{ ...SILENCE, OPENAI_REALTIME_SILENCE_MS: '300' }, 'brisk', { silence_duration_ms: 200 }],
  ] as const)('sets the pace over agent and environment: %j, %s', async (env, pace, expected) => {
    const session = await compose(env, { options: { pace } });
    expect(session.audio?.input?.turn_detection).toMatchObject(expected);
  });

  test('must be among the choices of the agent', async () => {
    await expect(compose({}, { options: { voice: 'robot' } })).rejects.toMatchObject({ code: 'bad_request' });
  });
});

test('the agent’s own voice takes precedence over the environment', async () => {
  const session = await compose({ OPENAI_REALTIME_VOICE: 'ash' }, { agent: { ...ada, voice: 'cedar' } });
  expect(session.audio?.output?.voice).toBe('cedar');
});
