import { expect, it, vi } from 'vitest';
import { createStoreWithFakes, untilPhase } from '@/lib/client/testing/fake-browser';

const flush = () => new Promise((resolve) => setTimeout(resolve));

it('keeps the screen on while a call is up: asks again on return, lets go at the end', async () => {
  const { store, locks, page } = createStoreWithFakes();
  await flush();
  expect(locks).toEqual([]);
  store.commands.start();
  await untilPhase(store, 'live');
  await vi.waitFor(() => expect(locks).toMatchObject([{ released: false }]));
  page('visible');
  await flush();
  expect(locks).toHaveLength(1);
  for (const lock of locks) lock.released = true; // The browser does so when the page is out of sight.
  page('visible');
  await vi.waitFor(() => expect(locks).toMatchObject([{ released: true }, { released: false }]));
  store.commands.end();
  await untilPhase(store, 'ended');
  await vi.waitFor(() => expect(locks.every(({ released }) => released)).toBe(true));
  page('visible');
  await flush();
  expect(locks).toHaveLength(2);
});

it('asks once at a time: a page that comes and goes quickly leaves no lock behind', async () => {
  const { store, locks, page } = createStoreWithFakes();
  store.commands.start();
  await untilPhase(store, 'live');
  page('visible');
  page('visible');
  await flush();
  store.commands.end();
  await untilPhase(store, 'ended');
  await vi.waitFor(() => expect(locks.filter(({ released }) => !released)).toEqual([]));
});

it.each([
  ['has none', async () => null],
  ['refuses', () => Promise.reject(new DOMException('', 'NotAllowedError'))],
])('is silent where the browser %s', async (_, requestScreenLock) => {
  const { store, browser, reported } = createStoreWithFakes();
  Object.assign(browser, { requestScreenLock });
  store.commands.start();
  await untilPhase(store, 'live');
  store.commands.end();
  await untilPhase(store, 'ended');
  expect(reported).toEqual([]);
});
