import { expect, it, onTestFinished, vi } from 'vitest';
import { getPreferences, parsePreferences, setPreferences } from '@/components/call/call-preferences';

const UNCHOSEN = { agent: null, options: {}, pace: null, captions: 'normal', shortcuts: true };

it('reads what was stored', () => {
  const stored = {
    agent: 'bo',
    options: { bo: { tone: 'calm' } },
    pace: 'brisk',
    captions: 'large',
    shortcuts: false,
  };
  expect(parsePreferences(JSON.stringify(stored))).toEqual(stored);
});

it.each([null, '', '{', '[]', 'null', '{"agent":7,"options":null,"captions":"huge"}'])(
  'reads %j as nothing chosen',
  (text) => {
    expect(parsePreferences(text)).toEqual(UNCHOSEN);
  },
);

it('keeps the fields that can be used', () => {
  const stored =
    '{"agent":"b","pace":"patient","options":{"a":{"tone":"calm","voice":7,"mood":"x"},"b":null},"captions":"huge"}';
  expect(parsePreferences(stored)).toEqual({
    agent: 'b',
    pace: 'patient',
    options: { a: { tone: 'calm' }, b: {} },
    captions: 'normal',
    shortcuts: true,
  });
});

it('keeps what was chosen in another tab meanwhile', () => {
  const stored = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
  });
  const page = new EventTarget();
  vi.stubGlobal('window', page);
  onTestFinished(() => void vi.unstubAllGlobals());
  setPreferences({ captions: 'large' });
  const [key = '', text = ''] = [...stored][0] ?? [];
  stored.set(key, JSON.stringify({ ...JSON.parse(text), agent: 'bo' }));
  setPreferences({ pace: 'brisk' });
  expect(JSON.parse(stored.get(key) ?? '')).toMatchObject({ captions: 'large', agent: 'bo', pace: 'brisk' });
  expect(getPreferences().agent).toBe('bo');
  stored.set(key, JSON.stringify({ agent: 'ada' }));
  page.dispatchEvent(Object.assign(new Event('storage'), { key }));
  expect(getPreferences().agent).toBe('ada');
});

it('keeps a choice until the page is left where nothing can be stored', () => {
  const refuse = () => {
    throw new DOMException('', 'SecurityError');
  };
  vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse });
  onTestFinished(() => void vi.unstubAllGlobals());
  setPreferences({ captions: 'largest' });
  setPreferences({ pace: 'patient' });
  expect(getPreferences()).toMatchObject({ captions: 'largest', pace: 'patient' });
});
