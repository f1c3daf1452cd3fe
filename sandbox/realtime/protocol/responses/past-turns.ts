import type { Mind, PastTurn } from '../../mind/interfaces.ts';
import type { Entry } from '../conversation/conversation.ts';
import { type Item, itemText } from '../conversation/items.ts';
import { type Asked, isCall, isSpokenAnswer, readTurnInput } from './turn-input.ts';

/** Reads from the conversation what the agent once did, and upon what: a client may have written it, after a lost connection. */
export async function readPastTurns(
  asked: Asked,
  entries: readonly Entry[],
  mind: Pick<Mind, 'guess'>,
): Promise<PastTurn[]> {
  const begun = entries.flatMap((entry, index) => (beginsTurn(entry, entries[index - 1]) ? [index] : []));
  return Promise.all(
    begun.map(async (index, turn) => {
      const output = entries.slice(index, begun[turn + 1]).map(({ item }) => item);
      return {
        input: await readTurnInput(asked, entries.slice(0, index), false, mind),
        said: output.flatMap(textOfAnswer)[0] ?? null,
        calls: output.flatMap((item) =>
          item.type === 'function_call' || item.type === 'mcp_call' ? [item.name] : [],
        ),
      };
    }),
  );
}

const textOfAnswer = (item: Item): string[] =>
  item.type === 'message' && item.role === 'assistant' ? [itemText(item)] : [];

/** Words come before the calls of the same turn. */
const beginsTurn = (entry: Entry, before: Entry | undefined): boolean =>
  isSpokenAnswer(entry) ||
  (isCall(entry.item) && !(before && (isSpokenAnswer(before) || isCall(before.item))));
