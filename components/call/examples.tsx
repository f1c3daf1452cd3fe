'use client';

import { useCallContext } from '@/components/call/call-context';

/** Things to say. A click says it: in the open call, or in a typed one that it starts. */
export function Examples() {
  const { store, setting } = useCallContext();
  const say = (text: string) => {
    if (store.getState().phase.name !== 'live') store.commands.start({ typed: true });
    store.commands.sendText(text);
  };
  return (
    <ul aria-label="Things you can say" className="flex flex-wrap justify-center gap-2">
      {setting.agent.examples.map((example) => (
        <li key={example}>
          <button
            type="button"
            onClick={() => say(example)}
            className="min-h-11 rounded-full border border-line bg-raised px-4 py-2 text-sm transition-colors hover:border-line-strong hover:bg-sunken"
          >
            “{example}”
          </button>
        </li>
      ))}
    </ul>
  );
}
