'use client';

import { ArrowDown } from 'lucide-react';
import { useCallState } from '@/components/call/call-context';
import { Examples } from '@/components/call/examples';
import { TranscriptList } from '@/components/call/transcript/transcript-list';
import { UnconfirmedTexts } from '@/components/call/transcript/unconfirmed-texts';
import { useStickToBottom } from '@/components/call/transcript/use-stick-to-bottom';
import { buttonClass } from '@/components/ui/button-class';

/**
 * The transcript of the running call. A log, but not a live region: its words are being spoken aloud already, and a
 * screen reader would talk over the agent and into the microphone.
 */
export function TranscriptLog() {
  const transcript = useCallState((state) => state.transcript);
  const hasTyped = useCallState((state) => state.unconfirmedTexts.length > 0);
  const { attach, isAtBottom, jumpToBottom } = useStickToBottom();
  return (
    <div className="relative flex min-h-0 grow flex-col">
      <div
        ref={attach}
        role="log"
        aria-label="Conversation"
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
        tabIndex={0}
        className="min-h-0 grow overflow-y-auto overscroll-contain rounded-md py-3 mask-t-from-[calc(100%-0.75rem)]"
      >
        {/* The same element for the whole call: `useStickToBottom` observes its growth. */}
        <div>
          {transcript.length > 0 || hasTyped ? (
            <TranscriptList transcript={transcript} />
          ) : (
            <div className="flex flex-col items-center gap-4 py-6 text-center text-ink-muted">
              <p>You could start with</p>
              <Examples />
            </div>
          )}
          <UnconfirmedTexts />
        </div>
      </div>
      {!isAtBottom && (
        <button
          type="button"
          onClick={jumpToBottom}
          className={buttonClass({
            place: 'absolute inset-x-0 bottom-2 mx-auto w-fit animate-arrive shadow-raised',
          })}
        >
          <ArrowDown className="size-4" aria-hidden />
          Jump to latest
        </button>
      )}
    </div>
  );
}
