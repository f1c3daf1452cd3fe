import { expect, it } from 'vitest';
import { filterPath, matches, readFilter } from '@/components/calls/calls-filter';

const AGENTS = ['ada', 'casey'];

it('reads known values from an address and ignores the rest', () => {
  expect(readFilter({ agent: 'casey', ended: 'trouble' }, AGENTS)).toEqual({
    agent: 'casey',
    ended: 'trouble',
  });
  expect(readFilter({ agent: 'mallory', ended: ['trouble'] }, AGENTS)).toEqual({ agent: null, ended: null });
  expect(readFilter({}, AGENTS)).toEqual({ agent: null, ended: null });
});

it('writes the address of a filter', () => {
  expect(filterPath({ agent: null, ended: null })).toBe('/calls');
  expect(filterPath({ agent: 'ada', ended: 'timed_out' })).toBe('/calls?agent=ada&ended=timed_out');
});

it('matches calls that meet both conditions', () => {
  const call = { agent: 'ada', reason: 'idle' } as const;
  expect(matches({ agent: null, ended: null }, call)).toBe(true);
  expect(matches({ agent: 'ada', ended: 'timed_out' }, call)).toBe(true);
  expect(matches({ agent: 'casey', ended: null }, call)).toBe(false);
  expect(matches({ agent: null, ended: 'trouble' }, call)).toBe(false);
});
