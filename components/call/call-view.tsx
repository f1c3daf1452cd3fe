'use client';

import { Suspense, useEffect, useState } from 'react';
import { Announcer } from '@/components/call/announcer';
import { useCallContext, useCallState } from '@/components/call/call-context';
import { onFirstInteraction } from '@/components/call/first-interaction';
import { fetchConversation, prefetchParts } from '@/components/call/lazy-parts';
import { Stage } from '@/components/call/stage/stage';
import { useShortcuts } from '@/components/call/use-shortcuts';
import { lazyPart } from '@/components/ui/lazy-part';

const Conversation = lazyPart(fetchConversation);

/** Calls `work` when the page is idle. Returns a function that cancels. */
function whenIdle(work: () => void): () => void {
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(work, 1500);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(work, { timeout: 4000 });
  return () => cancelIdleCallback(request);
}

/** Chooses what is on the screen: the stage before a call, the conversation during and after it. */
export function CallView() {
  const { store, setting } = useCallContext();
  const [isSettled, setSettled] = useState(false);
  const name = useCallState(({ phase }) => phase.name);
  const inConversation = name === 'live' || name === 'ending' || name === 'ended';
  useShortcuts(store, setting);

  useEffect(() => {
    const stopWaiting = whenIdle(() => void prefetchParts().then(() => setSettled(true)));
    const stopWatching = onFirstInteraction(store.prefetch);
    return () => {
      stopWaiting();
      stopWatching();
    };
  }, [store]);

  return (
    <>
      <Announcer speaks={isSettled || name !== 'ready'} />
      {inConversation ? (
        <Suspense fallback={<Stage />}>
          <Conversation />
        </Suspense>
      ) : (
        <Stage />
      )}
    </>
  );
}
