'use client';

import { clsx } from 'clsx';
import { Suspense } from 'react';
import { useAgent, useCallState } from '@/components/call/call-context';
import { fetchTroubleCard } from '@/components/call/lazy-parts';
import { ConnectProgress } from '@/components/call/stage/connect-progress';
import { StageInvitation } from '@/components/call/stage/stage-invitation';
import { WheelHub } from '@/components/call/stage/wheel-hub';
import { lazyPart } from '@/components/ui/lazy-part';
import type { CallPhase } from '@/lib/client/state/call-state';

const TroubleCard = lazyPart(fetchTroubleCard);

/** States that keep the invitation's room on a phone too, because it may be back at once. */
export const INVITING: ReadonlySet<CallPhase['name']> = new Set(['ready', 'asking_microphone', 'connecting']);

/** What covers the invitation in a state. Renders nothing while the screen is ready. */
function StageNotice({ name }: { name: CallPhase['name'] }) {
  switch (name) {
    case 'ready':
      return null;
    case 'asking_microphone':
    case 'connecting':
      return <ConnectProgress />;
    case 'live':
    case 'ending':
    case 'ended':
      return null; // The conversation is being fetched.
    default:
      return (
        <Suspense>
          <TroubleCard />
        </Suspense>
      );
  }
}

/**
 * The screen before a call: what the agent can do, the wheel with its button, and things to say. The invitation keeps
 * its room while something else covers it, so that nothing jumps under the pointer.
 */
export function Stage() {
  const name = useCallState(({ phase }) => phase.name);
  return (
    <div className="mx-auto flex w-full max-w-2xl grow flex-col items-center justify-center gap-3 px-4 py-3 text-center sm:gap-5 sm:py-8">
      <h1 className="max-w-xl font-semibold text-xl sm:text-2xl">{useAgent().tagline}</h1>
      <WheelHub />
      <div className="grid w-full justify-items-center *:[grid-area:1/1]">
        <div
          className={clsx(
            'flex flex-col items-center gap-4 sm:gap-5',
            name !== 'ready' && 'invisible',
            // On a phone the trouble card needs this room.
            !INVITING.has(name) && 'max-sm:hidden',
          )}
        >
          <StageInvitation />
        </div>
        <StageNotice name={name} />
      </div>
    </div>
  );
}
