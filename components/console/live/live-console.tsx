'use client';

import { useConsole } from '@/components/console/live/use-console';
import { estimateText } from '@/components/money-words';
import { lengthText } from '@/components/time-words';
import { ConfirmedButton } from '@/components/ui/confirmed-button';
import { endAll, hangUp, setPaused } from '@/lib/client/api/console-api';
import type { ConsoleState, LiveCall } from '@/lib/shared/owner/console';

function statusText(state: ConsoleState | null, hasFailed: boolean): string {
  if (hasFailed) return 'The server didn’t answer. What you see may be old.';
  if (state === null) return 'Looking…';
  return state.isPaused ? 'New calls are paused.' : 'New calls can start.';
}

/** What every button of the console says alike. */
const WORDS = { failure: 'That didn’t work. Try again in a moment.', cancelLabel: 'Cancel' } as const;

/** For the owner: the calls that go on, and the means to stop them. */
export function LiveConsole() {
  const { state, hasFailed, refresh, setState } = useConsole();
  const pause = async (isPaused: boolean) => {
    const next = await setPaused(isPaused);
    if (next) setState(next);
    return next !== null;
  };
  const endListed = async () => {
    const next = await endAll();
    if (next) setState(next);
    return next !== null;
  };
  const end = async ({ callId }: LiveCall) => {
    const hasEnded = await hangUp(callId);
    if (hasEnded) await refresh();
    return hasEnded;
  };
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p role="status">{statusText(state, hasFailed)}</p>
        {state && <PauseButton key={String(state.isPaused)} isPaused={state.isPaused} pause={pause} />}
      </div>
      {state && <LiveCalls state={state} end={end} />}
      {state && state.calls.length > 1 && (
        <div>
          <ConfirmedButton
            {...WORDS}
            label="End all calls"
            question={`${state.calls.length} callers are cut off at once.`}
            confirmLabel="End them now"
            act={endListed}
          />
        </div>
      )}
    </>
  );
}

interface PauseButtonProps {
  isPaused: boolean;
  pause: (isPaused: boolean) => Promise<boolean>;
}

function PauseButton({ isPaused, pause }: PauseButtonProps) {
  return isPaused ? (
    <ConfirmedButton
      {...WORDS}
      label="Resume calls"
      question="Everybody can start calls again."
      confirmLabel="Resume"
      act={() => pause(false)}
    />
  ) : (
    <ConfirmedButton
      {...WORDS}
      label="Pause new calls"
      question="Nobody can start a call. Calls that go on are left alone."
      confirmLabel="Pause"
      act={() => pause(true)}
    />
  );
}

function LiveCalls({ state, end }: { state: ConsoleState; end: (call: LiveCall) => Promise<boolean> }) {
  return (
    <section aria-labelledby="live-calls">
      <h2 id="live-calls" className="font-semibold text-xl">
        Live calls
      </h2>
      {state.calls.length === 0 && <p className="mt-2 text-ink-muted">Nobody is in a call.</p>}
      <ul className="mt-4 flex flex-col gap-3">
        {state.calls.map((call) => (
          <li
            key={call.callId}
            className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-raised p-4"
          >
            <p className="min-w-0">
              <span className="block break-all font-medium">{call.who}</span>
              <span className="block text-ink-muted text-sm">
                {call.agent}, {lengthText(call.seconds)}, {estimateText(call.microUsd)}, {call.mode}
              </span>
            </p>
            <ConfirmedButton
              {...WORDS}
              label="Hang up"
              question="The caller is cut off at once."
              confirmLabel="Hang up now"
              act={() => end(call)}
            />
          </li>
        ))}
      </ul>
      {state.hasMore && <p className="mt-3 text-ink-muted text-sm">There are more calls than are shown.</p>}
    </section>
  );
}
