'use client';

import { clsx } from 'clsx';
import { WifiOff } from 'lucide-react';
import { ActionButton } from '@/components/call/action-button';
import { useCallContext, useCallState } from '@/components/call/call-context';
import { callCopy } from '@/components/call/call-copy';
import type { ActionKind } from '@/components/call/copy-line';
import { VoiceWheel } from '@/components/call/voice-wheel';
import { ArrivalHeading } from '@/components/ui/arrival-heading';

/** Actions that are shown beside the sentence; the others have their place among the controls. */
const BESIDE_SENTENCE: ReadonlySet<ActionKind> = new Set(['unmute', 'play_audio']);

/** Head of a call: the wheel, the one sentence about what is happening, and what it asks for. */
export function LiveHead() {
  const { setting } = useCallContext();
  const phase = useCallState((state) => state.phase);
  const { sentence, detail, action } = callCopy(phase, setting.agent.title);
  const weak = phase.name === 'live' && phase.call.link !== 'good';
  return (
    <div className="flex items-center gap-4 pt-2 pb-3 tall:flex-col tall:gap-1 tall:text-center">
      <VoiceWheel className="size-20 shrink-0 tall:size-44 short:hidden" />
      <div className="flex min-w-0 flex-col items-start gap-1 tall:items-center">
        <ArrivalHeading level={1} className="sr-only">
          Call with {setting.agent.title}
        </ArrivalHeading>
        <p
          className={clsx(
            'flex items-center gap-2 font-medium text-lg',
            weak && 'rounded-full bg-warn-soft px-4 py-1 text-warn',
          )}
        >
          {weak && <WifiOff className="size-4 shrink-0" aria-hidden />}
          {sentence}
        </p>
        {detail && <p className="text-ink-muted text-sm">{detail}</p>}
        {BESIDE_SENTENCE.has(action.kind) && <ActionButton action={action} />}
      </div>
    </div>
  );
}
