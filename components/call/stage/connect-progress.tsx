'use client';

import { clsx } from 'clsx';
import { Suspense } from 'react';
import { useAgent, useCallState } from '@/components/call/call-context';
import { CONNECT_STEPS, setupCopy } from '@/components/call/copy/stage-copy';
import { fetchPermissionPointer } from '@/components/call/lazy-parts';
import { lazyPart } from '@/components/ui/lazy-part';

const PermissionPointer = lazyPart(fetchPermissionPointer);

/** The step that connecting has reached, in words and as a row of three steps. */
export function ConnectProgress() {
  const { title } = useAgent();
  const phase = useCallState((state) => state.phase);
  if (phase.name !== 'asking_microphone' && phase.name !== 'connecting') return null;
  const { sentence, detail } = setupCopy(phase, title);
  const reached =
    phase.name === 'connecting' ? CONNECT_STEPS.findIndex(({ step }) => step === phase.step) : -1;
  return (
    <>
      {phase.name === 'asking_microphone' && phase.isQuestionOpen && (
        <Suspense>
          <PermissionPointer />
        </Suspense>
      )}
      <div className="flex flex-col items-center gap-3">
        <p className="font-medium text-lg">{sentence}</p>
        {detail && <p className="text-ink-muted">{detail}</p>}
        {reached >= 0 && (
          <ol aria-label="Connecting" className="flex gap-6 text-sm">
            {CONNECT_STEPS.map(({ step, label }, index) => (
              <li
                key={step}
                aria-current={index === reached ? 'step' : undefined}
                className={clsx(
                  'border-t-2 px-1 pt-2',
                  index <= reached ? 'border-accent text-ink' : 'border-line text-ink-faint',
                )}
              >
                {label}
              </li>
            ))}
          </ol>
        )}
      </div>
    </>
  );
}
