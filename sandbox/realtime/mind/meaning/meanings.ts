import type { Sense, Senses } from '../../media/interfaces.ts';
import type { Meaning } from '../interfaces.ts';
import type { Phrasebook } from '../phrasebook.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import { KnownWords } from './known-words.ts';
import { type Fit, fitLabels } from './least-squares.ts';
import { REMARKS } from './remarks.ts';
import { ASKING_OPENING_HOURS, describe, sentencesFor } from './tool-sentences.ts';

/** Labels that no tool can have. */
const REMARK = ' remark';
const OPENING_HOURS = ' opening hours';
/** Sessions of different agents of a site. */
const MOST_KEPT = 16;
/** Measured: what each word that the tool knows adds to its lead, and what words that nobody here knows take away. */
const FOR_SHARED = 0.15;
const MOST_SHARED = 2;
const FOR_FOREIGN = 0.12;

interface Learned {
  done: Promise<void>;
  /** `null` until it is learned. */
  fit: Fit | null;
  words: KnownWords;
}

/** Tells what sentences mean by a sentence model, for every session that it was shown. */
export class Meanings {
  readonly #senses: Promise<Senses | null>;
  readonly #phrases: Phrasebook;
  readonly #learned = new Map<string, Learned>();
  readonly #found = new WeakMap<Toolbox, Learned>();
  #remarks: Promise<Sense[] | null> | null = null;

  constructor(senses: Promise<Senses | null>, phrases: Phrasebook) {
    this.#senses = senses;
    this.#phrases = phrases;
  }

  /** Learns a session's tools, if they are new: a second or two, beside everything else. Resolves when it is done. */
  async learn(toolbox: Toolbox): Promise<void> {
    await this.#find(toolbox).done;
  }

  /** What a sentence means among a session's tools. `null` while they are not learned, and without the model. */
  async guess(toolbox: Toolbox, said: string): Promise<Meaning | null> {
    const learned = this.#find(toolbox);
    if (!learned.fit || said.trim() === '') return null;
    const sense = await (await this.#senses)?.read(said);
    return sense ? rank(learned.fit(sense), learned.words, said) : null;
  }

  #find(toolbox: Toolbox): Learned {
    const learned = this.#found.get(toolbox) ?? this.#findAlike(toolbox);
    this.#found.set(toolbox, learned);
    return learned;
  }

  /** Sessions with the same tools share what was learned. */
  #findAlike(toolbox: Toolbox): Learned {
    const examples = this.#collect(toolbox);
    const described = toolbox.tools.map((tool) => ({ label: tool.name, said: describe(tool) }));
    const key = JSON.stringify([examples, described]);
    const learned =
      this.#learned.get(key) ?? this.#begin(examples, new KnownWords([...examples, ...described]));
    this.#learned.delete(key);
    this.#learned.set(key, learned);
    const [oldest] = this.#learned.keys();
    if (this.#learned.size > MOST_KEPT && oldest !== undefined) this.#learned.delete(oldest);
    return learned;
  }

  #begin(examples: readonly Example[], words: KnownWords): Learned {
    const learned: Learned = { done: Promise.resolve(), fit: null, words };
    learned.done = this.#learn(examples).then((fit) => {
      learned.fit = fit;
    });
    return learned;
  }

  #collect(toolbox: Toolbox): Example[] {
    return [
      ...toolbox.tools.flatMap((tool) => label(tool.name, sentencesFor(tool, this.#phrases))),
      ...(toolbox.openingHours === null ? [] : label(OPENING_HOURS, ASKING_OPENING_HOURS)),
    ];
  }

  async #learn(examples: readonly Example[]): Promise<Fit | null> {
    const senses = await this.#senses;
    if (!senses || examples.length === 0) return null;
    this.#remarks ??= senses.study(REMARKS);
    const remarks = await this.#remarks;
    const studied = await senses.study(examples.map(({ said }) => said));
    if (!remarks || !studied) return null;
    return fitLabels([
      ...remarks.map((sense) => ({ label: REMARK, sense })),
      ...studied.map((sense, index) => ({ label: examples[index]?.label ?? REMARK, sense })),
    ]);
  }
}

interface Example {
  label: string;
  said: string;
}

const label = (label: string, sentences: readonly string[]): Example[] =>
  sentences.map((said) => ({ label, said }));

/** The encoder is small: what a sentence is about, its words tell better. */
function rank(fits: ReadonlyMap<string, number>, words: KnownWords, said: string): Meaning {
  const byFit = [...fits].toSorted(([, a], [, b]) => b - a);
  const [[name, fit] = [REMARK, 0], second = [REMARK, 0]] = byFit;
  const { shared, foreign, known } = words.compare(name, said);
  const forShared = (count: number) => FOR_SHARED * Math.min(count, MOST_SHARED);
  const familiarity = forShared(shared) - (foreign > 0 ? FOR_FOREIGN : 0);
  return {
    of: kindOf(name),
    fit,
    margin: fit - second[1] + (name === REMARK ? 0 : familiarity),
    isForeign: known === 0,
    nearest: byFit
      .filter(([label]) => kindOf(label).kind === 'tool')
      .map(([label, own]) => ({ label, near: own + forShared(words.compare(label, said).shared) }))
      .toSorted((a, b) => b.near - a.near)
      .map(({ label }) => label),
  };
}

function kindOf(name: string): Meaning['of'] {
  if (name === REMARK) return { kind: 'remark' };
  return name === OPENING_HOURS ? { kind: 'opening hours' } : { kind: 'tool', name };
}
