import type { RealtimeFixtures } from './suite/interfaces.mjs';

export type { Caller, RealtimeTestFixtures, RealtimeWorkerFixtures } from './suite/interfaces.mjs';

/** For `test.extend`: the fixtures of `RealtimeTestFixtures` and `RealtimeWorkerFixtures`. */
export declare const realtimeFixtures: RealtimeFixtures;

/** For Chromium's `launchOptions.args`: sound without a click, and calls on a machine without a network. */
export declare const browserArguments: string[];
