import { FaultPlan } from './fault-plan.ts';

/** As others measured the real service with semantic turn detection in 2026: 0.8 to 4.6 s until the first output. */
const REAL = { wait: { fromMs: 800, toMs: 4_600 } };

/** Echo cancellation learns during the first seconds in which something plays: until then a call hears itself. */
const LEARNED_MS = 3_000;

/** Named plans of faults, for `--profile`. */
export const PROFILES = {
  /** Answers at once, and nothing fails. */
  quick: FaultPlan.parse({}),
  /** Waits as the real service does. */
  real: FaultPlan.parse(REAL),
  /** What real networks, browsers and providers do to a call, all at once. */
  harsh: FaultPlan.parse({
    ...REAL,
    stall: { ms: 25_000, oneIn: 72 },
    namelessErrors: {},
    refuseChecks: {},
    echo: { learnedMs: LEARNED_MS },
  }),
} as const;

export type ProfileName = keyof typeof PROFILES;
export const PROFILE_NAMES = Object.keys(PROFILES) as ProfileName[];
