import type { z } from 'zod';

/** Who calls. */
export interface Caller {
  /** One of the synthesiser's voices: an American woman, an American man, a Scottish man. */
  voice: 'woman' | 'man' | 'scot';
  /** 1 is the voice's own pace, 1.3 a hurried caller. */
  pace: number;
  /** Steady noise behind the caller, so many decibels below the voice; `null` for a quiet room. */
  noiseDbBelow: number | null;
  /** How long the caller stops at each `…` of a sentence. */
  hesitationMs: number;
}

/** What the caller does next, once the agent has finished. */
export type Step =
  | { do: 'say'; text: string }
  /** Speaks while the agent speaks, so long after its first sound. */
  | { do: 'interrupt'; text: string; afterMs: number }
  /** Waits for the card on the screen, and presses a button of it. */
  | { do: 'allow' | 'decline'; tool: string }
  | { do: 'stay quiet'; ms: number };

/** What the caller says when the agent asks about a topic, whenever that is. */
export interface Answer {
  asked: RegExp;
  say: string;
}

/** A part that an argument must have: equal words (in any case), a pattern, a schema, or a part of an object. */
export type Pattern = string | number | boolean | null | RegExp | z.ZodType | { [key: string]: Pattern };

/** A tool that must be used. */
export interface ExpectedTool {
  /** Its name, or its title on the screen. */
  tool: string;
  /** What its arguments must hold, at least. */
  with?: Pattern;
  /** `done` by default. `failed`: it ran, or was looked at, and said why not. `denied`: the caller said no. */
  outcome?: Outcome;
  /** Exactly so often. By default once for a tool that changes data, and at least once for any other. */
  times?: number;
  /** True: the caller was asked on the screen, and allowed it. */
  approved?: true;
}

export type Outcome = 'done' | 'failed' | 'denied';

/** How long the caller may have to wait, in milliseconds. */
export interface Limits {
  /** From the click on Talk to the agent's first sound. */
  firstSoundMs: number;
  /** From the caller's last word, or their click on a card, to the agent's next sound. */
  answerMs: number;
  /** From the first sound of an interruption to the agent's silence. */
  yieldMs: number;
}

/** What must happen, and what must not. */
export interface Expectations {
  tools: readonly ExpectedTool[];
  /** True: the tools may be used in any order. */
  anyOrder: boolean;
  /** Tools that must not be used at all. A tool that changes data and is not in `tools` must not succeed anyway. */
  neverTools: readonly string[];
  /** What the agent must say, each somewhere in the call. */
  says: readonly (string | RegExp)[];
  /** What it must never say, by its own transcript and by what a recogniser hears of its voice. */
  neverSays: readonly (string | RegExp)[];
  /** What the business must store about the caller after the call: `business` in the export of `/account`. */
  stored: z.ZodType | null;
  /** How the call must end; `null`: in any way that is no trouble. */
  ends: 'user' | 'goodbye' | null;
  limits: Limits;
}

/** A conversation that the agent must hold. */
export interface Scenario {
  /** In one sentence: "A caller books a visit, and is asked for what is missing". */
  title: string;
  caller: Caller;
  steps: readonly Step[];
  answers: Readonly<Record<string, Answer>>;
  expect: Expectations;
  /** The caller gives up after this; also what a trial is planned to cost. */
  mostSeconds: number;
}

/** What a scenario file may leave out. */
export interface ScenarioInput {
  title: string;
  caller?: Partial<Caller>;
  steps: readonly Step[];
  answers?: Readonly<Record<string, Answer>>;
  expect: Partial<Omit<Expectations, 'limits'>> & { limits?: Partial<Limits> };
  mostSeconds?: number;
}

const DEFAULT_CALLER: Caller = { voice: 'woman', pace: 1, noiseDbBelow: null, hesitationMs: 300 };
const DEFAULT_LIMITS: Limits = { firstSoundMs: 5000, answerMs: 5000, yieldMs: 2000 };
const NOTHING_EXPECTED: Omit<Expectations, 'limits'> = {
  tools: [],
  anyOrder: false,
  neverTools: [],
  says: [],
  neverSays: [],
  stored: null,
  ends: null,
};

/**
 * Returns the scenario of a file of `business/evals`, its default export. Throws for a caller who never speaks, and
 * for a pace that no voice has.
 */
export function defineScenario(input: ScenarioInput): Scenario {
  const caller = { ...DEFAULT_CALLER, ...input.caller };
  if (!input.steps.some((step) => step.do === 'say'))
    throw new Error(`"${input.title}": nobody says anything.`);
  if (caller.pace < 0.5 || caller.pace > 2) throw new Error(`"${input.title}": the pace is not 0.5 to 2.`);
  return {
    title: input.title,
    caller,
    steps: input.steps,
    answers: input.answers ?? {},
    expect: {
      ...NOTHING_EXPECTED,
      ...input.expect,
      limits: { ...DEFAULT_LIMITS, ...input.expect.limits },
    },
    mostSeconds: input.mostSeconds ?? 90,
  };
}

/** The caller says this once the agent has finished. Each `…` is a pause. */
export const say = (text: string): Step => ({ do: 'say', text });

/** The caller speaks over the agent, `afterMs` after it has begun. */
export const interrupt = (text: string, afterMs = 1000): Step => ({ do: 'interrupt', text, afterMs });

/** The caller presses Allow on the card of a tool, by its name or its title. */
export const allow = (tool: string): Step => ({ do: 'allow', tool });

/** The caller presses Don’t allow. */
export const decline = (tool: string): Step => ({ do: 'decline', tool });

/** The caller says nothing for a while. */
export const stayQuiet = (ms: number): Step => ({ do: 'stay quiet', ms });
