'use client';

import { startChosen, useAgent, useCallContext } from '@/components/call/call-context';

/** Examples of things to say. A click sends one, in the open call or in a typed one that it starts. */
export function Examples() {
  const context = useCallContext();
  const { store } = context;
  const say = (text: string) => {
    if (store.getState().phase.name !== 'live') startChosen(context, { typed: true });
    store.commands.sendText(text);
  };
  return (
    <ul aria-label="Things you can say" className="flex flex-wrap justify-center gap-2">
      {useAgent().examples.map((example) => (
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
