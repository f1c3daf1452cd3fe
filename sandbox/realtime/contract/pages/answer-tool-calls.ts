interface Seen {
  type: string;
  item?: { type?: string; call_id?: string };
}

/**
 * Handles function calls as an app without the Agents SDK does: posts the output at once, and requests the
 * next response when this one is done.
 */
export function answerToolCalls(
  send: (event: object) => void,
  output: string,
): (event: { type: string }) => void {
  let owed = false;
  return (event: Seen) => {
    if (event.type === 'response.output_item.done' && event.item?.type === 'function_call') {
      owed = true;
      const item = { type: 'function_call_output', call_id: event.item.call_id, output };
      send({ type: 'conversation.item.create', item });
    }
    if (event.type === 'response.done' && owed) {
      owed = false;
      send({ type: 'response.create' });
    }
  };
}
