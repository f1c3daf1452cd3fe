import type { Meaning, Mind, Reply, Tool, ToolCall, TurnInput } from '../mind/interfaces.ts';
import type { Memory } from '../mind/memory.ts';
import { startMemory } from '../mind/memory.ts';
import { createMind } from '../mind/mind.ts';
import { GARAGE_PHRASES } from './garage-phrases.ts';
import { FRONT_DESK } from './tool-sets.ts';

const garageMind = createMind(GARAGE_PHRASES);

/** Talks to the mind without a call around it. */
export class Talk {
  memory: Memory = startMemory();
  #tools: readonly Tool[];
  #instructions: string;
  #mind: Mind;

  constructor(tools: readonly Tool[], instructions = FRONT_DESK, mind = garageMind) {
    this.#tools = tools;
    this.#instructions = instructions;
    this.#mind = mind;
  }

  say(...said: string[]): Reply {
    return this.#think({ said });
  }

  /** As a call hears it: by rules and by meaning. */
  async hear(said: string): Promise<Reply> {
    const meaning = await this.#mind.guess({ instructions: this.#instructions, tools: this.#tools }, [said]);
    return this.#think({ said: [said], meaning });
  }

  /** As a call hears it whose sentence model is of this opinion. */
  mean(said: string, meaning: Meaning): Reply {
    return this.#think({ said: [said], meaning });
  }

  /** The user shows pictures, perhaps with words. */
  show(pictures: number, ...said: string[]): Reply {
    return this.#think({ pictures, said });
  }

  /** Whoever runs the call says something to the agent, which then has its turn. */
  tell(...told: string[]): Reply {
    return this.#think({ told });
  }

  /** The same, when the user had said something that nobody has answered. */
  tellAfter(said: string, ...told: string[]): Reply {
    return this.#think({ said: [said], told });
  }

  /** A turn without speech. */
  noise(): Reply {
    return this.#think({ noise: true });
  }

  /** The reply to the results of the last calls. */
  result(calls: readonly ToolCall[], ...outputs: unknown[]): Reply {
    const results = calls.map((call, index) => ({ ...call, output: toOutput(outputs[index]) }));
    return this.#think({ results });
  }

  begin(): Reply {
    return this.#think({ opening: true });
  }

  idle(): Reply {
    return this.#think({ idle: true, said: [''] });
  }

  hints(): string[] {
    return this.#mind.vocabulary({ instructions: this.#instructions, tools: this.#tools }, this.memory);
  }

  #think(input: Partial<TurnInput>): Reply {
    const reply = this.#mind.think(
      {
        instructions: this.#instructions,
        tools: this.#tools,
        told: [],
        said: [],
        pictures: 0,
        noise: false,
        results: [],
        opening: false,
        idle: false,
        meaning: null,
        ...input,
      },
      this.memory,
    );
    this.memory = reply.memory;
    return reply;
  }
}

const toOutput = (output: unknown): string => (typeof output === 'string' ? output : JSON.stringify(output));
