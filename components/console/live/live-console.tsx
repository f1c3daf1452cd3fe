'use client';

import { BlockNetworkOf, BlockPerson } from '@/components/console/blocks/block-buttons';
import { ActButton } from '@/components/console/frame/act-button';
import { PersonLink } from '@/components/console/frame/person-link';
import { useConsole } from '@/components/console/live/use-console';
import { estimateText } from '@/components/money-words';
import { lengthText } from '@/components/time-words';
import { endAll, hangUp, setPaused } from '@/lib/client/api/console-api';
import type { ConsoleState, LiveCall } from '@/lib/shared/owner/console';

function statusText(state: ConsoleState | null, hasFailed: boolean): string {
  if (hasFailed) return 'The server didn’t answer. What you see may be old.';
  if (state === null) return 'Looking…';
  return state.isPaused ? 'New calls are paused.' : 'New calls can start.';
}

const FAILED = 'That didn’t work. Try again in a moment.';

/** For the owner: the calls that go on, and the means to stop them. */
export function LiveConsole() {
  const { state, hasFailed, refresh, show } = useConsole();
  const act = async (asked: Promise<ConsoleState | null>) => {
    const next = await asked;
    if (next) show(next);
    return next ? null : FAILED;
  };
  const end = async ({ callId }: LiveCall) => {
    const hasEnded = await hangUp(callId);
    if (hasEnded) void refresh();
    return hasEnded ? null : FAILED;
  };
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4">
        <p role="status">{statusText(state, hasFailed)}</p>
        {state && <PauseButton isPaused={state.isPaused} pause={(isPaused) => act(setPaused(isPaused))} />}
      </div>
      {state && <LiveCalls state={state} end={end} endListed={() => act(endAll())} />}
    </>
  );
}

interface PauseButtonProps {
  isPaused: boolean;
  pause: (isPaused: boolean) => Promise<string | null>;
}

function PauseButton({ isPaused, pause }: PauseButtonProps) {
  return isPaused ? (
    <ActButton
      label="Resume calls"
      look="primary"
      title="Resume calls?"
      question="Everybody can start calls again."
      confirmLabel="Resume"
      act={() => pause(false)}
    />
  ) : (
    <ActButton
      label="Pause new calls"
      title="Pause new calls?"
      question="Nobody can start a call. Live calls go on."
      confirmLabel="Pause"
      act={() => pause(true)}
    />
  );
}

interface LiveCallsProps {
  state: ConsoleState;
  end: (call: LiveCall) => Promise<string | null>;
  endListed: () => Promise<string | null>;
}

function LiveCalls({ state, end, endListed }: LiveCallsProps) {
  return (
    <section aria-labelledby="live-calls">
      <h2 id="live-calls" tabIndex={-1} className="font-semibold text-xl">
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
              <span className="block font-medium">
                <PersonLink who={call.who} />
              </span>
              <span className="block text-ink-muted text-sm">
                {call.agent}, {lengthText(call.seconds)}, {estimateText(call.microUsd)}, {call.mode}
              </span>
            </p>
            <div className="flex flex-wrap gap-2">
              <BlockPerson who={call.who} />
              {call.hasNetwork && <BlockNetworkOf callId={call.callId} who={call.who} />}
              <ActButton
                label="Hang up"
                about={call.who}
                title="Hang up?"
                question="The caller is cut off at once."
                confirmLabel="Hang up now"
                act={() => end(call)}
              />
            </div>
          </li>
        ))}
      </ul>
      {state.hasMore && <p className="mt-3 text-ink-muted text-sm">There are more calls than are shown.</p>}
      {state.calls.length > 1 && (
        <div className="mt-4">
          <ActButton
            label="End all calls"
            title="End all calls?"
            question={`${state.calls.length} callers are cut off at once. New calls can still start: pause them first if they shouldn’t.`}
            confirmLabel="End them now"
            act={endListed}
          />
        </div>
      )}
    </section>
  );
}
