// Tested in lib/server/agents/session-policy.test and turn-variables.test.
import { z } from 'zod';
import type { Pace } from '@/lib/shared/pace';

/*
 * When the agent takes its turn. The limits are those of the provider's reference, where it names any.
 */

export const EAGERNESS = ['auto', 'low', 'medium', 'high'] as const;
export const NOISES = ['near_field', 'far_field', 'off'] as const;
export const EFFORTS = ['minimal', 'low', 'medium', 'high', 'xhigh'] as const;
export const SILENCE_MS = { from: 200, to: 2000 } as const;
export const IDLE_MS = { from: 5000, to: 30_000 } as const;

const milliseconds = ({ from, to }: { from: number; to: number }) => z.number().int().min(from).max(to);

/** How the end of the user's turn is recognised. */
export const TurnDetection = z.discriminatedUnion('type', [
  /** By what is said: a pause in the middle of a sentence does not end a turn. */
  z.strictObject({
    type: z.literal('semantic_vad'),
    /** `high` answers soonest, after 2 s at most; `medium` and `auto` wait up to 4 s, `low` up to 8 s. */
    eagerness: z.enum(EAGERNESS).default('auto'),
  }),
  /** By silence. */
  z.strictObject({
    type: z.literal('server_vad'),
    silenceMs: milliseconds(SILENCE_MS).default(500),
    /** The agent speaks up when nobody has spoken for so long after its last word. `null`: it waits. */
    idleMs: milliseconds(IDLE_MS).nullable().default(null),
  }),
]);
export type TurnDetection = z.infer<typeof TurnDetection>;

const EAGERNESS_AT: Record<Pace, (typeof EAGERNESS)[number]> = { patient: 'low', brisk: 'high' };
const SILENCE_TIMES: Record<Pace, number> = { patient: 2, brisk: 0.5 };

/** Returns the detection with the caller's pace: by what is said, the eagerness; by silence, twice or half of it. */
export function atPace(detection: TurnDetection, pace: Pace | undefined): TurnDetection {
  if (pace === undefined) return detection;
  if (detection.type === 'semantic_vad') return { ...detection, eagerness: EAGERNESS_AT[pace] };
  const silenceMs = Math.round(detection.silenceMs * SILENCE_TIMES[pace]);
  return { ...detection, silenceMs: Math.min(SILENCE_MS.to, Math.max(SILENCE_MS.from, silenceMs)) };
}

/** How an agent listens and thinks. What is left out is taken from the environment. */
export const TurnTaking = z.strictObject({
  detection: TurnDetection.optional(),
  /** `near_field`: a headset or a phone at the ear. `far_field`: a laptop or a room. */
  noise: z.enum(NOISES).optional(),
  /** Only models that think before they speak take it. */
  effort: z.enum(EFFORTS).optional(),
});
export type TurnTaking = z.input<typeof TurnTaking>;

/** Models that think before they speak. */
export const isReasoningModel = (model: string): boolean => model.startsWith('gpt-realtime-2');

/** The variables of the environment about turn-taking. */
interface TurnVariables {
  OPENAI_REALTIME_MODEL?: string | undefined;
  OPENAI_REALTIME_TURN_DETECTION?: string | undefined;
  OPENAI_REALTIME_EAGERNESS?: string | undefined;
  OPENAI_REALTIME_SILENCE_MS?: string | undefined;
  OPENAI_REALTIME_IDLE_MS?: string | undefined;
  OPENAI_REALTIME_REASONING?: string | undefined;
}

/** Returns a sentence for each variable that has no effect beside the others. */
export function findUselessTurnVariables(given: TurnVariables): string[] {
  const bySilence = given.OPENAI_REALTIME_TURN_DETECTION === 'server_vad';
  const only = (name: keyof TurnVariables, detection: string) =>
    given[name] === undefined
      ? []
      : [`${name} works only with OPENAI_REALTIME_TURN_DETECTION=${detection}: set both, or leave it out.`];
  const model = given.OPENAI_REALTIME_MODEL;
  const thinks = model === undefined || isReasoningModel(model);
  return [
    ...(bySilence
      ? only('OPENAI_REALTIME_EAGERNESS', 'semantic_vad')
      : [
          ...only('OPENAI_REALTIME_SILENCE_MS', 'server_vad'),
          ...only('OPENAI_REALTIME_IDLE_MS', 'server_vad'),
        ]),
    ...(thinks || given.OPENAI_REALTIME_REASONING === undefined
      ? []
      : [`OPENAI_REALTIME_REASONING has no effect on ${model}, which does not reason: leave it out.`]),
  ];
}
