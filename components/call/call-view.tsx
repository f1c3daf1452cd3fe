'use client';

import { Activity, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { Announcer } from '@/components/call/announcer';
import { useCallContext, useCallState } from '@/components/call/call-context';
import { onFirstInteraction } from '@/components/call/first-interaction';
import { fetchConversation, prefetchParts } from '@/components/call/lazy-parts';
import { INVITING, Stage } from '@/components/call/stage/stage';
import { HUB_BUTTON_ID } from '@/components/call/stage/wheel-hub';
import { useShortcuts } from '@/components/call/use-shortcuts';
import { lazyPart } from '@/components/ui/lazy-part';
import type { CallPhase } from '@/lib/client/state/call-state';

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

/** Back from a card or a receipt, which took the focus along, the wheel's button gets it. */
function useFocusOnHub(name: CallPhase['name']): void {
  const before = useRef(name);
  useLayoutEffect(() => {
    const isBack = INVITING.has(name) && !INVITING.has(before.current);
    before.current = name;
    if (isBack && document.activeElement === document.body) document.getElementById(HUB_BUTTON_ID)?.focus();
  }, [name]);
}

/** Chooses what is on the screen: the stage before a call, the conversation during and after it. */
export function CallView() {
  const { store, setting } = useCallContext();
  const [isSettled, setSettled] = useState(false);
  const name = useCallState(({ phase }) => phase.name);
  const inConversation = name === 'live' || name === 'ending' || name === 'ended';
  useShortcuts(store, setting);
  useFocusOnHub(name);

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
      {!inConversation && <Stage />}
      {/* Rendered out of sight while the call connects: it is there when the call is, and has not to be made then. */}
      {(inConversation || name === 'connecting') && (
        <Activity mode={inConversation ? 'visible' : 'hidden'}>
          <Suspense fallback={inConversation && <Stage />}>
            <Conversation />
          </Suspense>
        </Activity>
      )}
    </>
  );
}
