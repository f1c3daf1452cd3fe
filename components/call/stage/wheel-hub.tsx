'use client';

import { clsx } from 'clsx';
import { Mic, X } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, Suspense } from 'react';
import { startChosen, useCallContext, useCallState } from '@/components/call/call-context';
import { fetchTroubleHub } from '@/components/call/lazy-parts';
import { VoiceWheel } from '@/components/call/wheel/voice-wheel';
import { lazyPart } from '@/components/ui/lazy-part';

export const HUB_BUTTON_ID = 'wheel-button';
const HUB = 'absolute inset-[27%] flex flex-col items-center justify-center gap-1 rounded-full font-semibold';

/** Nothing is said of a picture that is missing. */
const TroubleHub = lazyPart(fetchTroubleHub, () => null);

/** Of a double click, or of Enter that is held, only the first click counts: Talk is Cancel by the time of the next. */
const dropRepeatedClick = (event: MouseEvent) => {
  if (event.detail > 1) event.preventDefault();
};
const dropRepeatedEnter = (event: KeyboardEvent) => {
  if (event.key === 'Enter' && event.repeat) event.preventDefault();
};

/** The wheel with one large button in its hub: Talk, or Cancel while connecting. */
export function WheelHub() {
  const context = useCallContext();
  const { store } = context;
  const name = useCallState(({ phase }) => phase.name);
  const isTalk = name === 'ready';
  const isButton = isTalk || name === 'asking_microphone' || name === 'connecting';

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
            id={HUB_BUTTON_ID}
            type="submit"
            onPointerEnter={store.prefetch}
            onFocus={store.prefetch}
            onClick={dropRepeatedClick}
            onKeyDown={dropRepeatedEnter}
            className={clsx(
              HUB,
              'border text-lg',
              // A click is answered at once, and the machine has a call to connect: nothing fades.
              isTalk
                ? 'border-transparent bg-accent text-accent-ink transition-colors hover:bg-accent-hover'
                : 'border-line-strong bg-raised text-ink hover:bg-sunken',
            )}
          >
            {isTalk ? <Mic className="size-7" aria-hidden /> : <X className="size-6" aria-hidden />}
            {isTalk ? 'Talk' : 'Cancel'}
          </button>
        </form>
      ) : (
        <Suspense>
          <TroubleHub name={name} className={HUB} />
        </Suspense>
      )}
    </div>
  );
}
