'use client';

import { Keyboard } from 'lucide-react';
import { startChosen, useCallContext, useCallState } from '@/components/call/call-context';
import { usePreferences } from '@/components/call/call-preferences';
import { ChargedNote } from '@/components/call/charged-note';
import { READY_SENTENCE } from '@/components/call/copy/stage-copy';
import { Examples } from '@/components/call/examples';
import { leftTodayText } from '@/components/left-today-text';
import { OptionsButton } from '@/components/options/options-button';
import { buttonClass } from '@/components/ui/button-class';

/** Below the Talk button: typing instead, options, things to say, and what happens to the sound. */
export function StageInvitation() {
  const context = useCallContext();
  const { setting } = context;
  const { shortcuts } = usePreferences();
  const isReady = useCallState(({ phase }) => phase.name === 'ready');
  return (
    <>
      <div className="flex flex-col items-center gap-1">
        <div className="text-ink-muted">
          <p>
            {READY_SENTENCE}
            {shortcuts && (
              <span className="hidden sm:pointer-fine:inline">
                {' '}
                Press <kbd className="rounded-sm border border-line bg-raised px-2 py-0.5">Space</kbd> to
                talk.
              </span>
            )}
          </p>
          <ChargedNote isInSight={isReady} />
        </div>
        <div className="flex flex-wrap justify-center gap-2">
          {/* A form for the same reason as the wheel's hub. */}
          <form action={() => startChosen(context, { typed: true })}>
            <button type="submit" className={buttonClass({ look: 'quiet' })}>
              <Keyboard className="size-4" aria-hidden />
              Type instead
            </button>
          </form>
          <OptionsButton shape="text" />
        </div>
      </div>
      <Examples />
      <p className="max-w-md text-ink-muted text-xs">
        {setting.privacy} {/* Not a Link: its code would add to the first load. */}
        <a href="/privacy" className="underline underline-offset-4">
          Privacy
        </a>
        <span className="mt-1 block md:hidden">{leftTodayText(setting.secondsLeftToday)}.</span>
      </p>
    </>
  );
}
