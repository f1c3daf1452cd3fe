'use client';

import { ActButton } from '@/components/console/frame/act-button';
import { useThenRefresh } from '@/components/console/frame/use-then-refresh';
import { hangUpAgain } from '@/lib/client/api/console-api';
import type { HangUpAgain } from '@/lib/shared/owner/trouble';

/** Tries a hang-up again that was given up. */
export function RetryButton({ connection }: { connection: HangUpAgain }) {
  const thenRefresh = useThenRefresh();
  return (
    <ActButton
      label="Try again"
      about={connection.callId}
      title="Hang up again?"
      question="The voice service is asked once more to end this connection. If it is gone already, nothing happens."
      confirmLabel="Hang up"
      act={() => thenRefresh(hangUpAgain(connection))}
    />
  );
}
