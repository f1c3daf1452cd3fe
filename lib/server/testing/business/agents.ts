import type { Agent } from '@/lib/server/agents/define-agent';

export const ada: Agent = {
  name: 'ada',
  title: 'Ada',
  tagline: 'Says what you say.',
  voice: null,
  roles: ['guest', 'user', 'admin'],
  tools: ['echo', 'echo_with_approval', 'recite', 'complain', 'transfer_to_bo', 'end_call'],
  examples: ['Say hello.', 'Say it aloud.', 'Can I speak to Bo?'],
  choices: {
    languages: ['en', 'de', 'es'],
    voices: ['marin', 'cedar', 'sage'],
    accents: ['Irish', 'Scottish'],
    tones: ['warm', 'calm'],
  },
  greeting: 'Say hello and give your name.',
  greets: true,
  instructions: '# Role and objective\n- You are Ada, of Fixture & Co. You repeat what you hear.',
};

export const bo: Agent = {
  name: 'bo',
  title: 'Bo',
  tagline: 'Says it once more.',
  voice: 'cedar',
  roles: ['guest', 'user', 'admin'],
  tools: ['echo', 'transfer_to_ada', 'end_call'],
  examples: ['Say hello.', 'Say goodbye.', 'Back to Ada, please.'],
  choices: { languages: ['en', 'de'], voices: ['cedar', 'ash'], accents: ['Irish'], tones: ['calm'] },
  greeting: null,
  greets: false,
  instructions: '# Role and objective\n- You are Bo, of Fixture & Co. You repeat what you hear, once more.',
};

/** Stands in for `business/agents` in the tests of everything but the business. */
export const agents: readonly [Agent, Agent] = [ada, bo];

export const [defaultAgent] = agents;
