'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { CallProvider, type CallSetting } from '@/components/call/call-context';
import { CallView } from '@/components/call/call-view';
import { createCallStore } from '@/lib/client/call/call-store';

/** The Talk screen. Owns the page's only call store; everything below only renders it. */
export function CallScreen({ setting }: { setting: CallSetting }) {
  const router = useRouter();
  const [store] = useState(() => createCallStore({ onDataChanged: () => router.refresh() }));

  useEffect(() => {
    let before = store.getState().phase.name;
    return store.subscribe(() => {
      const { phase } = store.getState();
      const hasEnded = phase.name === 'ended' && before !== 'ended';
      // The server renders the minutes in the header. Signed out, a refresh would leave for the sign-in page and lose
      // the transcript.
      if (hasEnded && phase.reason !== 'signed_out') router.refresh();
      before = phase.name;
    });
  }, [store, router]);

  return (
    <CallProvider store={store} setting={setting}>
      <CallView />
    </CallProvider>
  );
}
