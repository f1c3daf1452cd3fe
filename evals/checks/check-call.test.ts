import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ObservedCall } from '../call/observed.ts';
import { defineScenario, type ScenarioInput, say } from '../scenario/scenario.ts';
import { quietCall, sendOf, speechOf, useOf, waitOf } from '../testing/observed-call.ts';
import { checkCall } from './check-call.ts';

/** Returns the names of the checks that failed, with their causes. */
function wrong(expected: ScenarioInput['expect'], call: Partial<ObservedCall>): Record<string, string> {
  const { expect: whole } = defineScenario({ title: 'A test', steps: [say('Hello')], expect: expected });
  const checks = checkCall(whole, { ...quietCall, ...call });
  return Object.fromEntries(checks.flatMap(({ name, cause }) => (cause === null ? [] : [[name, cause]])));
}
const names = (...args: Parameters<typeof wrong>) => Object.keys(wrong(...args));

test('a call without trouble passes', () => {
  expect(wrong({}, {})).toEqual({});
});

describe('tools', () => {
  const once = [{ tool: 'send_parcel', with: { to: 'Leeds' }, approved: true } as const];

  test('an expected tool with more arguments than named passes', () => {
    expect(wrong({ tools: once }, { tools: [sendOf({ to: 'leeds', weight: 2 })] })).toEqual({});
  });

  test('another tool than the expected one is found', () => {
    const found = wrong({ tools: once }, { tools: [useOf('find_parcel')] });
    expect(found['tool: send_parcel with { to: "Leeds" }']).toMatch(/It was not used so\. Used: find_parcel/);
  });

  test('a wrong argument is found', () => {
    const found = names({ tools: once }, { tools: [sendOf({ to: 'York' })] });
    expect(found).toEqual(['tool: send_parcel with { to: "Leeds" }']);
  });

  test('a tool that ran without the yes that the scenario wants is found, although the site wanted none', () => {
    const unasked = sendOf({ to: 'Leeds' }, { needsApproval: false, approval: 'not asked' });
    expect(names({ tools: once }, { tools: [unasked] })).toEqual(['tool: send_parcel with { to: "Leeds" }']);
  });

  test('a tool that ran without the yes that the site wants is found, although no scenario asks', () => {
    const unasked = sendOf({}, { approval: 'denied' });
    expect(names({ tools: [{ tool: 'send_parcel' }] }, { tools: [unasked] })).toEqual([
      'nothing was done without a yes',
    ]);
  });

  test('a change that was made twice is found, with equal arguments and with others', () => {
    const twice = { tools: [sendOf({ to: 'Leeds' }), sendOf({ to: 'Leeds' })] };
    expect(names({ tools: once }, twice)).toEqual([
      'tool: send_parcel with { to: "Leeds" }',
      'nothing was done twice',
    ]);
    const again = { tools: [sendOf({ to: 'Leeds', at: 1 }), sendOf({ to: 'Leeds', at: 2 })] };
    expect(names({ tools: once }, again)).toEqual(['tool: send_parcel with { to: "Leeds" }']);
  });

  test('a look that is taken twice is no fault', () => {
    const looks = { tools: [useOf('find_parcel'), useOf('find_parcel')] };
    expect(wrong({ tools: [{ tool: 'find_parcel' }] }, looks)).toEqual({});
  });

  test('a change that nobody expected is found; one that failed is none', () => {
    expect(names({}, { tools: [sendOf({})] })).toEqual(['nothing else was changed']);
    expect(names({}, { tools: [sendOf({}, { outcome: 'failed' })] })).toEqual([]);
  });

  test('the order counts, unless it does not', () => {
    const tools = [{ tool: 'find_parcel' }, { tool: 'send_parcel' }];
    const reversed = { tools: [sendOf({}), useOf('find_parcel')] };
    expect(names({ tools }, reversed)).toEqual(['in this order']);
    expect(names({ tools, anyOrder: true }, reversed)).toEqual([]);
  });

  test('a forbidden tool is found, and a title names a tool as well', () => {
    expect(names({ neverTools: ['find parcel'] }, { tools: [useOf('find_parcel')] })).toEqual([
      'never: find parcel',
    ]);
  });

  test('a refused card, a failure and a number of times can be expected', () => {
    const denied = sendOf({}, { outcome: 'denied', approval: 'denied' });
    expect(wrong({ tools: [{ tool: 'send_parcel', outcome: 'denied' }] }, { tools: [denied] })).toEqual({});
    expect(names({ tools: [{ tool: 'send_parcel', outcome: 'failed' }] }, { tools: [denied] })).toHaveLength(
      1,
    );
    const two = { tools: [useOf('find_parcel'), useOf('find_parcel')] };
    expect(names({ tools: [{ tool: 'find_parcel', times: 1 }] }, two)).toHaveLength(1);
    expect(names({ tools: [{ tool: 'find_parcel', times: 0 }] }, { tools: [] })).toEqual([]);
  });

  test('arguments match patterns and schemas', () => {
    const tools = (pattern: RegExp | z.ZodType) => [{ tool: 'find_parcel', with: { code: pattern } }];
    const call = { tools: [useOf('find_parcel', { arguments: { code: 'amber 42' } })] };
    expect(names({ tools: tools(/^amber/) }, call)).toEqual([]);
    expect(names({ tools: tools(/^blue/) }, call)).toHaveLength(1);
    expect(names({ tools: tools(z.string().min(3)) }, call)).toEqual([]);
    expect(names({ tools: tools(z.number()) }, call)).toHaveLength(1);
  });
});

describe('words', () => {
  test('a phrase is found in any case and punctuation, and not inside another word', () => {
    expect(wrong({ says: ['ten thirty'] }, { speeches: [speechOf('At ten, thirty!')] })).toEqual({});
    expect(names({ says: ['ten'] }, { speeches: [speechOf('Often.')] })).toEqual(['says: “ten”']);
  });

  test('forbidden words are found in the transcript', () => {
    const said = { speeches: [speechOf('We guarantee it.', '')] };
    expect(wrong({ neverSays: ['guarantee'] }, said)['never says: “guarantee”']).toMatch(/^The agent said/);
  });

  test('forbidden words that only the voice says are found', () => {
    const heard = { speeches: [speechOf('We will see.', 'we guarantee it')] };
    expect(wrong({ neverSays: [/guarantee/] }, heard)['never says: /guarantee/']).toMatch(/was heard to say/);
  });
});

describe('waits', () => {
  test('a slow first sound, a slow answer and a slow silence are found, each as itself', () => {
    const limits = { firstSoundMs: 100, answerMs: 200, yieldMs: 300 };
    const within = { waits: [waitOf('first sound', 100), waitOf('answer', 200), waitOf('yield', 300)] };
    expect(wrong({ limits }, within)).toEqual({});
    const late = { waits: [waitOf('first sound', 101), waitOf('answer', 201), waitOf('yield', 301)] };
    expect(names({ limits }, late)).toEqual([
      'first sound within 100 ms',
      'every answer within 200 ms',
      'falls silent when interrupted within 300 ms',
    ]);
  });

  test('an answer that never came is found', () => {
    expect(wrong({}, { waits: [waitOf('answer', null)] })).toEqual({
      'every answer within 5000 ms': 'after “Hello”: never',
    });
  });
});

describe('the end', () => {
  test('what is stored must be as the schema says', () => {
    const stored = z.object({ parcels: z.array(z.string()).length(1) });
    expect(wrong({ stored }, { stored: { parcels: ['Leeds'] } })).toEqual({});
    expect(names({ stored }, { stored: { parcels: ['Leeds', 'Leeds'] } })).toEqual(['what is stored']);
  });

  test('an end by trouble is found, and another end than the expected one', () => {
    const ended = (reason: 'goodbye' | 'connection_lost') => ({ ended: { reason, seconds: 1 } });
    expect(names({}, ended('connection_lost'))).toEqual(['ends without trouble']);
    expect(names({ ends: 'goodbye' }, ended('goodbye'))).toEqual([]);
    expect(names({ ends: 'goodbye' }, {})).toEqual(['ends as goodbye']);
    expect(names({}, { ended: null })).toEqual(['ends without trouble']);
  });

  test('a conversation that could not be held has failed', () => {
    expect(wrong({}, { troubles: ['No card asked.'] })).toEqual({
      'the conversation was held': 'No card asked.',
    });
  });
});
