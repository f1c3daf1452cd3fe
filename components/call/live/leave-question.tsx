'use client';

import { AlertDialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useAgent, useCallContext } from '@/components/call/call-context';
import { useWaysOut, type WayOut } from '@/components/call/live/use-ways-out';
import { buttonClass } from '@/components/ui/button-class';
import { Question } from '@/components/ui/question';
import { returnFocus } from '@/components/ui/return-focus';
import type { CallPhase } from '@/lib/client/state/call-state';

/** Asks before the user, and with them a running call, is taken off the page. Who stays keeps the call. */
export function LeaveQuestion({ phase }: { phase: CallPhase['name'] }) {
  const { store } = useCallContext();
  const { title } = useAgent();
  const opener = useRef<HTMLElement>(null);
  const [asked, setAsked] = useState<WayOut | null>(null);
  const [confirmed, setConfirmed] = useState<WayOut | null>(null);
  const isUp = phase === 'live';

  useWaysOut(isUp, (way) => {
    opener.current = way.opener;
    setAsked(way);
  });

  useEffect(() => {
    if (phase !== 'ended') return;
    // The server has settled the call by then, and lists it.
    confirmed?.take();
    setConfirmed(null);
    setAsked(null);
  }, [phase, confirmed]);

  const leave = () => {
    setConfirmed(asked);
    store.commands.end();
  };
  return (
    <AlertDialog.Root open={isUp && asked !== null} onOpenChange={(open) => open || setAsked(null)}>
      <Question
        title="End the call?"
        question={`You’re talking with ${title}. Leaving this page ends the call.`}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          returnFocus(opener);
        }}
      >
        <div className="mt-6 flex flex-wrap justify-end gap-3">
          <AlertDialog.Cancel className={buttonClass({ look: 'quiet' })}>Stay in the call</AlertDialog.Cancel>
          <AlertDialog.Action className={buttonClass({ look: 'danger' })} onClick={leave}>
            End call and leave
          </AlertDialog.Action>
        </div>
      </Question>
    </AlertDialog.Root>
  );
}
