'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { CallProvider, type CallSetting } from '@/components/call/call-context';
import { CallView } from '@/components/call/call-view';
import { createCallStore } from '@/lib/client/call/call-store';
import { isSameBuild } from '@/lib/client/page/same-build';

/** Renders the server's part of the page anew, unless that would replace the page, with its call or its receipt. */
async function refresh(router: ReturnType<typeof useRouter>): Promise<void> {
  if (await isSameBuild()) router.refresh();
}

/** The Talk screen. Owns the page's only call store; everything below only renders it. */
export function CallScreen({ setting }: { setting: CallSetting }) {
  const router = useRouter();
  const [store] = useState(() => {
    const onDataChanged = () => void refresh(router);
    return createCallStore({ onDataChanged, onMinutesChanged: onDataChanged });
  });

  useEffect(() => {
    let before = store.getState().phase.name;
    return store.subscribe(() => {
      const { phase } = store.getState();
      const isOver = phase.name === 'ended' || phase.name === 'refused';
      // Without a receipt the server is gone, or no longer knows who this is.
      const isWithoutUser =
        phase.name === 'ended' && (phase.reason === 'signed_out' || phase.receipt === null);
      // Without its database the server knows less than the page shows.
      const isWithoutStore = phase.name === 'refused' && phase.code === 'store_unavailable';
      // The server renders the minutes in the header. Signed out, a refresh would leave for the sign-in page and lose
      // the transcript.
      if (isOver && phase.name !== before && !isWithoutUser && !isWithoutStore) void refresh(router);
      before = phase.name;
    });
  }, [store, router]);

  useEffect(() => {
    // A page that the browser kept and shows again has the minutes of then.
    const onShown = (event: PageTransitionEvent) => event.persisted && void refresh(router);
    window.addEventListener('pageshow', onShown);
    return () => window.removeEventListener('pageshow', onShown);
  }, [router]);

  return (
    <CallProvider store={store} setting={setting}>
      <CallView />
    </CallProvider>
  );
}
