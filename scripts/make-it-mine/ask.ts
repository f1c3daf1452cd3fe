import { createInterface } from 'node:readline/promises';
import { ANSWERS, type Answers, VOICES } from './answers.ts';
import type { Flags } from './flags.ts';
import { Refusal } from './refusal.ts';

const QUESTIONS: Record<keyof Answers, string> = {
  site: 'Name of the site and of the business: ',
  agent: 'Name of the voice agent, one word: ',
  voice: `Voice (${VOICES.join(', ')}) [${VOICES[0]}]: `,
  business: 'The business in one line, as in "… is a dental practice in Kendal": ',
};
const DEFAULTS: Partial<Record<keyof Answers, string>> = { voice: VOICES[0] };

export interface Asker {
  /** Resolves to a line. Throws `Refusal` when there is no more input. */
  ask: (question: string) => Promise<string>;
  close: () => void;
}

/** Asks on a terminal, or reads the answers line by line from a pipe. */
export function createAsker(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Asker {
  const reader = createInterface({ input, output });
  // An iterator keeps lines that arrive before their question, as they do from a pipe.
  const lines = reader[Symbol.asyncIterator]();
  return {
    async ask(question) {
      output.write(question);
      const { done, value } = await lines.next();
      if (done === true) throw new Refusal('\nNo answer. Nothing was changed.');
      return value;
    },
    close: () => reader.close(),
  };
}

/** Checks what the flags say and asks for the rest, again and again until it fits. Throws `Refusal` for a wrong flag. */
export async function completeAnswers(
  given: Flags['given'],
  asker: Asker,
  output: NodeJS.WritableStream,
): Promise<Answers> {
  async function answer<Name extends keyof Answers>(name: Name): Promise<Answers[Name]> {
    for (let flag = given[name]; ; flag = undefined) {
      const said = flag ?? ((await asker.ask(QUESTIONS[name])) || (DEFAULTS[name] ?? ''));
      const parsed = ANSWERS[name].safeParse(said);
      if (parsed.success) return parsed.data as Answers[Name];
      const problem = parsed.error.issues[0]?.message;
      if (flag !== undefined) throw new Refusal(`--${name}: it ${problem}.`);
      output.write(`  It ${problem}.\n`);
    }
  }
  return {
    site: await answer('site'),
    agent: await answer('agent'),
    voice: await answer('voice'),
    business: await answer('business'),
  };
}
