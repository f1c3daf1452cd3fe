'use client';

import { ActionButton } from '@/components/call/action-button';
import { useAgent, useCallState } from '@/components/call/call-context';
import { ChargedNote } from '@/components/call/charged-note';
import { callCopy } from '@/components/call/copy/call-copy';
import type { Action, ActionKind } from '@/components/call/copy/phase-copy';
import { unblockSteps } from '@/components/call/copy/unblock-steps';
import { OwnerNote } from '@/components/call/owner-note';
import { clockText, lengthText } from '@/components/time-words';
import { ArrivalHeading } from '@/components/ui/arrival-heading';
import { useSecondsUntil } from '@/components/ui/seconds-clock';
import type { CallPhase } from '@/lib/client/state/call-state';

const HOUR_SECONDS = 3600;
const COUNTDOWN_LEADS = { retry: 'You can try again in', other_call: 'That call ends on its own in' };

/** Counts down to the moment when waiting ends, then says that it has. */
function RetryCountdown({ atMs, until }: { atMs: number; until: keyof typeof COUNTDOWN_LEADS }) {
  const seconds = useSecondsUntil(atMs);
  const wait = seconds < HOUR_SECONDS ? clockText(seconds) : lengthText(seconds - (seconds % 60));
  return (
    <div>
      {seconds > 0 && (
        <p role="timer" className="text-ink-muted">
          {COUNTDOWN_LEADS[until]} <span className="font-semibold text-ink tabular-nums">{wait}</span>.
        </p>
      )}
      <p role="status" className="font-medium text-accent">
        {seconds === 0 && 'You can try again now.'}
      </p>
    </div>
  );
}

/** The second way on, beside the main action; `null` when there is none. */
function otherWay(phase: CallPhase, main: ActionKind): Action | null {
  switch (phase.name) {
    case 'microphone_refused':
      return { kind: 'type', label: 'Type instead' };
    case 'refused':
      if (phase.code === 'allowance_exhausted') return null;
      return main === 'back' ? { kind: 'try_again', label: 'Try again' } : { kind: 'back', label: 'Not now' };
    default:
      return null;
  }
}

/** Says what went wrong, when it clears and what to do about it. */
export default function TroubleCard() {
  const phase = useCallState((state) => state.phase);
  const { sentence, detail, action } = callCopy(phase, useAgent().title);
  const retryAtMs = phase.name === 'refused' ? phase.retryAtMs : null;
  const waits = useSecondsUntil(retryAtMs ?? 0) > 0 && action.kind === 'try_again';
  const steps = phase.name === 'microphone_refused' ? unblockSteps(phase.why, navigator) : [];
  const other = otherWay(phase, action.kind);
  return (
    <section
      aria-labelledby="trouble-title"
      className="flex w-full max-w-md animate-arrive flex-col self-start items-center gap-3 rounded-lg border border-line bg-raised p-6 shadow-raised"
    >
      {/* Another sentence is another arrival. */}
      <ArrivalHeading key={sentence} level={2} id="trouble-title" className="font-semibold text-xl">
        {sentence}
      </ArrivalHeading>
      {detail && <p className="text-balance text-ink-muted">{detail}</p>}
      {steps.length > 0 && (
        <ol className="list-decimal space-y-1 ps-6 text-start text-sm">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
      {retryAtMs !== null && (
        <RetryCountdown atMs={retryAtMs} until={action.kind === 'take_over' ? 'other_call' : 'retry'} />
      )}
      <ChargedNote />
      {phase.name === 'refused' && <OwnerNote cause={phase.cause} />}
      <div className="mt-2 flex flex-wrap justify-center gap-2">
        <ActionButton action={action} disabled={waits} />
        {other && <ActionButton action={other} look="outline" />}
      </div>
    </section>
  );
}
