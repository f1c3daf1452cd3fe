import type { Sense, Senses } from '../../media/interfaces.ts';
import type { Meaning } from '../interfaces.ts';
import type { Phrasebook } from '../phrasebook.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import { type Fit, fitLabels } from './least-squares.ts';
import { REMARKS } from './remarks.ts';
import { ASKING_OPENING_HOURS, describe, sentencesFor } from './tool-sentences.ts';

/** Labels that no tool can have. */
const REMARK = ' remark';
const OPENING_HOURS = ' opening hours';
/** Sessions of different agents of a site. */
const MOST_KEPT = 16;
/** Measured: by how much a meaning must be nearer than a remark. */
const LEAST_LEAD = 0.25;

interface Learned {
  done: Promise<void>;
  /** `null` until it is learned. */
  known: Known | null;
}

/** What was learned of a session: from examples, and what its tools say of themselves. */
interface Known {
  fit: Fit;
  described: ReadonlyMap<string, Sense>;
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
    if (!learned.known || said.trim() === '') return null;
    const sense = await (await this.#senses)?.read(said);
    return sense ? rank(learned.known, sense) : null;
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
    const learned = this.#learned.get(key) ?? this.#begin(examples, described);
    this.#learned.delete(key);
    this.#learned.set(key, learned);
    const [oldest] = this.#learned.keys();
    if (this.#learned.size > MOST_KEPT && oldest !== undefined) this.#learned.delete(oldest);
    return learned;
  }

  #begin(examples: readonly Example[], described: readonly Example[]): Learned {
    const learned: Learned = { done: Promise.resolve(), known: null };
    learned.done = this.#learn(examples, described).then((known) => {
      learned.known = known;
    });
    return learned;
  }

  #collect(toolbox: Toolbox): Example[] {
    return [
      ...toolbox.tools.flatMap((tool) => label(tool.name, sentencesFor(tool, this.#phrases))),
      ...(toolbox.openingHours === null ? [] : label(OPENING_HOURS, ASKING_OPENING_HOURS)),
    ];
  }

  async #learn(examples: readonly Example[], described: readonly Example[]): Promise<Known | null> {
    const senses = await this.#senses;
    if (!senses || examples.length === 0) return null;
    this.#remarks ??= senses.study(REMARKS);
    const remarks = await this.#remarks;
    const studied = await senses.study(examples.map(({ said }) => said));
    const told = await senses.study(described.map(({ said }) => said));
    if (!remarks || !studied || !told) return null;
    const fit = await fitLabels([
      ...remarks.map((sense) => ({ label: REMARK, sense })),
      ...studied.map((sense, index) => ({ label: examples[index]?.label ?? REMARK, sense })),
    ]);
    return {
      fit,
      described: new Map(told.map((sense, index) => [described[index]?.label ?? REMARK, sense])),
    };
  }
}

interface Example {
  label: string;
  said: string;
}

const label = (label: string, sentences: readonly string[]): Example[] =>
  sentences.map((said) => ({ label, said }));

/** A label is as near as its examples tell, and as its description is like the sentence. */
function rank(known: Known, sense: Sense): Meaning {
  const fits = known.fit(sense);
  const bar = (fits.get(REMARK) ?? 0) + LEAST_LEAD;
  const byLead = Array.from(fits, ([label, own]) => {
    const told = known.described.get(label);
    return { of: kindOf(label), lead: own - bar + (told ? likeness(told, sense) : 0) };
  })
    .filter(({ of }) => of.kind !== 'remark')
    .toSorted((a, b) => b.lead - a.lead);
  const [first, second] = byLead;
  const nearest = byLead.flatMap(({ of }) => (of.kind === 'tool' ? [of.name] : []));
  const margin = (first?.lead ?? 0) - (second?.lead ?? Number.NEGATIVE_INFINITY);
  if (first && first.lead >= 0) return { ...first, margin, nearest };
  return { of: { kind: 'remark' }, lead: -(first?.lead ?? 0), margin, nearest };
}

const likeness = (a: Sense, b: Sense): number =>
  a.reduce((sum, one, place) => sum + one * (b[place] ?? 0), 0);

function kindOf(name: string): Meaning['of'] {
  if (name === REMARK) return { kind: 'remark' };
  return name === OPENING_HOURS ? { kind: 'opening hours' } : { kind: 'tool', name };
}
