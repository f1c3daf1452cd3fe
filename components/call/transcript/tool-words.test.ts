import { describe, expect, it } from 'vitest';
import { type ToolEntry, toolPlaceText, toolStatusText } from '@/components/call/transcript/tool-words';

const STARTED_AT_SECONDS = 1_000;
const tool = (change: Partial<ToolEntry>): ToolEntry => ({
  kind: 'tool',
  id: 't',
  name: 'look_it_up',
  title: 'Look it up',
  state: 'running',
  startedAtMs: STARTED_AT_SECONDS * 1000,
  finishedAtMs: null,
  arguments: {},
  reply: null,
  ...change,
});

describe('a running tool', () => {
  it.each([
    [0, 'Working…'],
    [2, 'Working… 0:02'],
    [4, 'Working… 0:04'],
    [5, 'Still working… 0:05'],
  ])('after %d s: %s', (seconds, text) =>
    expect(toolStatusText(tool({}), STARTED_AT_SECONDS + seconds)).toBe(text),
  );
});

describe('the place of a tool', () => {
  it.each<[Partial<ToolEntry>, string]>([
    [{}, 'Runs on the server'],
    [{ state: 'done', finishedAtMs: 1_000_412 }, 'Ran on the server · 0.4 s'],
    [{ state: 'failed', finishedAtMs: 1_000_001 }, 'Ran on the server · 0.1 s'],
    [{ state: 'denied', finishedAtMs: 1_000_000 }, 'Not run'],
  ])('%j: %s', (change, text) => expect(toolPlaceText(tool(change))).toBe(text));
});
