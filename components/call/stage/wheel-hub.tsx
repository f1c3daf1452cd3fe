'use client';

import { clsx } from 'clsx';
import { Mic, MicOff, PhoneOff, X } from 'lucide-react';
import { startChosen, useCallContext, useCallState } from '@/components/call/call-context';
import { VoiceWheel } from '@/components/call/wheel/voice-wheel';
import type { CallPhase } from '@/lib/client/state/call-state';

const HUB = 'absolute inset-[27%] flex flex-col items-center justify-center gap-1 rounded-full font-semibold';

/** In trouble the hub is only a picture. The card below it says what to do. */
function TroubleHub({ phase }: { phase: CallPhase }) {
  const Icon = phase.name === 'microphone_refused' ? MicOff : PhoneOff;
  return (
    <span className={clsx(HUB, 'bg-sunken text-ink-muted')}>
      <Icon className="size-8" aria-hidden />
    </span>
  );
}

/** The wheel with one large button in its hub: Talk, or Cancel while connecting. */
export function WheelHub() {
  const context = useCallContext();
  const { store } = context;
  const phase = useCallState((state) => state.phase);
  const isTalk = phase.name === 'ready';
  const isButton = isTalk || phase.name === 'asking_microphone' || phase.name === 'connecting';

  return (
    <div
      className={clsx(
        'relative mx-auto -my-3 aspect-square transition-[width]',
        isButton ? 'w-64 sm:w-72' : 'w-44 short:hidden',
      )}
    >
      <VoiceWheel className="absolute inset-0 size-full" />
      {isButton ? (
        // A form, because React keeps a submission that comes before the page's code, and a click would be lost.
        <form action={() => (isTalk ? startChosen(context) : store.commands.cancel())}>
          <button
            type="submit"
            onPointerEnter={store.prefetch}
            onFocus={store.prefetch}
            className={clsx(
              HUB,
              'text-lg transition-colors',
              isTalk
                ? 'bg-accent text-accent-ink hover:bg-accent-hover'
                : 'border border-line-strong bg-raised text-ink hover:bg-sunken',
            )}
          >
            {isTalk ? <Mic className="size-7" aria-hidden /> : <X className="size-6" aria-hidden />}
            {isTalk ? 'Talk' : 'Cancel'}
          </button>
        </form>
      ) : (
        <TroubleHub phase={phase} />
      )}
    </div>
  );
}
