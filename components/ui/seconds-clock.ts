import { useSyncExternalStore } from 'react';

const subscribeToClock = (onTick: () => void) => {
  const timer = setInterval(onTick, 250);
  return () => clearInterval(timer);
};
const subscribeToNothing = () => () => undefined;
const currentSecond = () => Math.floor(Date.now() / 1000);
const unknownSecond = () => 0;

/** The time in whole seconds since the epoch; renders once a second while it runs. 0 on the server. */
export const useSecondsClock = (runs = true): number =>
  useSyncExternalStore(runs ? subscribeToClock : subscribeToNothing, currentSecond, unknownSecond);

/** Whole seconds until a moment, never below 0. */
export function useSecondsUntil(momentMs: number): number {
  const now = useSecondsClock();
  return Math.max(0, Math.ceil(momentMs / 1000 - now));
}
