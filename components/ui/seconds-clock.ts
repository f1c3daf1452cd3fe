import { useSyncExternalStore } from 'react';

const subscribeToClock = (onTick: () => void) => {
  const timer = setInterval(onTick, 250);
  return () => clearInterval(timer);
};
const subscribeToNothing = () => () => undefined;
const unknown = () => 0;
const currentSecond = () => Math.floor(Date.now() / 1000);

/** Returns the time in whole seconds since the epoch; renders once a second while `runs`. 0 on the server. */
export const useSecondsClock = (runs: boolean): number =>
  useSyncExternalStore(runs ? subscribeToClock : subscribeToNothing, currentSecond, unknown);

/** Returns the seconds until a moment, rounded up and never below 0; renders once a second. 0 on the server. */
export function useSecondsUntil(momentMs: number): number {
  const secondsLeft = () => Math.max(0, Math.ceil((momentMs - Date.now()) / 1000));
  return useSyncExternalStore(subscribeToClock, secondsLeft, unknown);
}
