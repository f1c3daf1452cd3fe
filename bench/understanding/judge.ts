import type { Media } from '@parley/realtime-sandbox/media/interfaces';
import type { Mind, Reply } from '@parley/realtime-sandbox/mind/interfaces';
import { createMind } from '@parley/realtime-sandbox/mind/mind';
import { Talk } from '@parley/realtime-sandbox/testing/conversation';
import type { Agent, SaidOnce } from './read-sets.ts';

/** `asked`: which of two tools was meant, or whether one was; `asked right` names the right one. */
export type Verdict =
  | 'right'
  | 'asked right'
  | 'asked'
  | 'wrong tool'
  | 'not understood'
  | 'refused'
  | 'false accept';

/** Lets agents hear sentences, each at the beginning of a call, and judges what they do. */
export class Judge {
  readonly #senses: Promise<Media['senses']>;
  readonly #minds = new Map<SaidOnce['phrases'], Mind>();

  constructor(media: Media) {
    this.#senses = Promise.resolve(media.senses);
  }

  /** What the recogniser would expect there. */
  hints(said: SaidOnce): string[] {
    return this.#talk(said).hints();
  }

  /** Judges the reply to what was heard of a sentence. */
  async judge(said: SaidOnce, heard: string): Promise<Verdict> {
    const talk = this.#talk(said);
    await this.#learn(said);
    const reply = await talk.hear(heard);
    const isUnderstood = reply.memory.misses === 0;
    const tools = toolsOf(reply);
    const { wanted } = said;
    const { pending } = reply.memory;
    if (pending?.kind === 'choosing') {
      const named = [pending.tool, pending.other ?? ''];
      return wanted.kind === 'tool' && named.some((tool) => wanted.names.includes(tool))
        ? 'asked right'
        : 'asked';
    }
    if (wanted.kind === 'nothing') return isUnderstood ? 'false accept' : 'refused';
    if (wanted.kind === 'words')
      return tools.length > 0 ? 'wrong tool' : isUnderstood ? 'right' : 'not understood';
    if (tools.length === 0) return 'not understood';
    return tools.some((tool) => wanted.names.includes(tool)) ? 'right' : 'wrong tool';
  }

  #learn({ agent, phrases }: SaidOnce): Promise<void> {
    return this.#mindFor(phrases).learn(agent);
  }

  #talk({ agent, phrases }: SaidOnce): Talk {
    const talk = new Talk(agent.tools, agent.instructions, this.#mindFor(phrases));
    talk.begin();
    return talk;
  }

  #mindFor(phrases: SaidOnce['phrases']): Mind {
    const mind = this.#minds.get(phrases) ?? createMind(phrases, this.#senses);
    this.#minds.set(phrases, mind);
    return mind;
  }
}

/** The tools that a reply calls, asks an argument or a yes for, or looks something up for. */
function toolsOf({ calls, memory }: Reply): string[] {
  const { pending, resume } = memory;
  const open = [pending, resume].flatMap((one) => (one && one.kind !== 'offering' ? [one.tool] : []));
  return [...calls.map(({ name }) => name), ...open];
}

export const agentKey = ({ tools }: Agent): string => tools.map(({ name }) => name).join(' ');
