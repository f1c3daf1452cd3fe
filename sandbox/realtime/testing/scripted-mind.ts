import type { Mind, PastTurn, Reply, ToolCall, TurnInput } from '../mind/interfaces.ts';
import type { Memory } from '../mind/memory.ts';

/** A mind that returns the test's replies in order, and records its inputs. */
export class ScriptedMind implements Mind {
  readonly inputs: TurnInput[] = [];
  #replies: { say: string | null; calls: ToolCall[] }[] = [];

  say(text: string): this {
    this.#replies.push({ say: text, calls: [] });
    return this;
  }

  call(calls: ToolCall[], say: string | null = null): this {
    this.#replies.push({ say, calls });
    return this;
  }

  think(input: TurnInput, memory: Memory): Reply {
    this.inputs.push(input);
    const reply = this.#replies.shift() ?? { say: 'All right.', calls: [] };
    return { ...reply, memory: { ...memory, lastSaid: reply.say } };
  }

  recall(_turns: readonly PastTurn[], memory: Memory): Memory {
    return memory;
  }

  async learn(): Promise<void> {}

  async guess(): Promise<null> {
    return null;
  }

  vocabulary(): string[] {
    return ['friday'];
  }
}
