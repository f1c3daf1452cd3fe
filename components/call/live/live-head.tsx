'use client';

import { clsx } from 'clsx';
import { MicOff, VolumeX, WifiOff } from 'lucide-react';
import { ActionButton } from '@/components/call/action-button';
import { useAgent, useCallState } from '@/components/call/call-context';
import { CallTools } from '@/components/call/call-tools';
import { callCopy } from '@/components/call/copy/call-copy';
import type { ActionKind } from '@/components/call/copy/phase-copy';
import { VoiceWheel } from '@/components/call/wheel/voice-wheel';
import { ArrivalHeading } from '@/components/ui/arrival-heading';
import { useSecondsUntil } from '@/components/ui/seconds-clock';
import type { LiveCallState } from '@/lib/client/state/call-state';

/** Seconds until the next attempt to reconnect. Renders nothing during an attempt. */
function NextTry({ atMs }: { atMs: number }) {
  const seconds = useSecondsUntil(atMs);
  return seconds > 0 ? <span className="tabular-nums"> Next try in {seconds} s.</span> : null;
}

/** Actions that the head offers itself. The controls below hold every other one. */
const HEAD_ACTIONS: ReadonlySet<ActionKind> = new Set(['play_audio', 'resume_sound', 'stay']);

/** What is wrong with the call, as a picture; `null`: nothing. */
function findWarning(call: LiveCallState | null) {
  if (call === null) return null;
  if (call.link !== 'good') return WifiOff;
  if (call.interruption === null) return null;
  return call.interruption === 'microphone' ? MicOff : VolumeX;
}

/** Head of a call: the wheel, one sentence about what is happening, and the action it asks for. */
export function LiveHead() {
  const { title } = useAgent();
  const phase = useCallState((state) => state.phase);
  const { sentence, detail, action } = callCopy(phase, title);
  const call = phase.name === 'live' ? phase.call : null;
  const Warning = findWarning(call);
  const retryAtMs = call?.reconnect?.retryAtMs ?? null;
  return (
    <div className="relative flex items-center gap-2 pt-2 sm:gap-4 pb-3 tall:flex-col tall:gap-1 tall:text-center">
      <VoiceWheel
        className={clsx('size-14 shrink-0 sm:size-20 tall:size-44 short:hidden', Warning && 'max-sm:hidden')}
      />
      <div className="flex min-w-0 grow flex-col items-start gap-1 tall:items-center">
        <ArrivalHeading level={1} className="sr-only">
          Call with {title}
        </ArrivalHeading>
        <p
          className={clsx(
            'flex items-center gap-2 font-medium text-lg',
            Warning && 'rounded-lg bg-warn-soft px-3 py-1 text-warn max-sm:text-base sm:px-4',
          )}
        >
          {Warning && <Warning className="size-4 shrink-0" aria-hidden />}
          {sentence}
        </p>
        {detail && (
          <p className="text-ink-muted text-sm">
            {detail}
            {retryAtMs !== null && <NextTry atMs={retryAtMs} />}
          </p>
        )}
        {HEAD_ACTIONS.has(action.kind) && <ActionButton action={action} />}
      </div>
      <CallTools className="self-start tall:absolute tall:end-0 tall:top-2" />
    </div>
  );
}
