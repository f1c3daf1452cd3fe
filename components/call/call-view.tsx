'use client';

import { lazy, Suspense, useEffect } from 'react';
import { Announcer } from '@/components/call/announcer';
import { useCallContext, useCallState } from '@/components/call/call-context';
import { Stage } from '@/components/call/stage';
import { useShortcuts } from '@/components/call/use-shortcuts';

const fetchConversation = () => import('@/components/call/conversation');
const Conversation = lazy(fetchConversation);
const ignoreFailure = () => undefined; // Rendering asks again.

/** Chooses what stands on the screen: the stage before a call, the conversation during and after it. */
export function CallView() {
  const { store, setting } = useCallContext();
  const inConversation = useCallState(
    ({ phase }) => phase.name === 'live' || phase.name === 'ending' || phase.name === 'ended',
  );
  useShortcuts(store, setting);

  useEffect(() => {
    const fetchAhead = () => {
      store.prefetch();
      fetchConversation().catch(ignoreFailure);
    };
    if (!('requestIdleCallback' in window)) {
      const timer = setTimeout(fetchAhead, 1500);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(fetchAhead, { timeout: 4000 });
    return () => cancelIdleCallback(request);
  }, [store]);

  return (
    <>
      <Announcer />
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
