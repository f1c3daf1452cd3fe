'use client';

import { useState } from 'react';
import { useCallState } from '@/components/call/call-context';
import { EndedView } from '@/components/call/ended/ended-view';
import { ApprovalCard } from '@/components/call/live/approval-card';
import { CallControls } from '@/components/call/live/call-controls';
import { Composer } from '@/components/call/live/composer';
import { HoldButton } from '@/components/call/live/hold-button';
import { LeaveQuestion } from '@/components/call/live/leave-question';
import { LiveHead } from '@/components/call/live/live-head';
import { TranscriptLog } from '@/components/call/transcript/transcript-log';
import type { CallPhase } from '@/lib/client/state/call-state';

/** The screen during and after a call. Fetched while the page is idle, since it appears only with the first call. */
export default function Conversation() {
  const phase = useCallState((state) => state.phase);
  /** Typed and not sent. A call may end in the middle of a sentence. */
  const [draft, setDraft] = useState('');
  return (
    <>
      {phase.name === 'ended' ? (
        <EndedView phase={phase} draft={draft} />
      ) : (
        <RunningCall phase={phase} draft={draft} onDraft={setDraft} />
      )}
      <LeaveQuestion phase={phase.name} />
    </>
  );
}

interface RunningCallProps {
  phase: CallPhase;
  draft: string;
  onDraft: (draft: string) => void;
}

function RunningCall({ phase, draft, onDraft }: RunningCallProps) {
  // `null`: the call is about to begin, and this is out of sight, or it is about to end.
  const call = phase.name === 'live' ? phase.call : null;
  return (
    <div
      data-fills-window={phase.name !== 'connecting' || undefined}
      className="mx-auto flex min-h-0 w-full max-w-3xl grow flex-col px-4 sm:px-6"
    >
      <LiveHead />
      <TranscriptLog />
      <div className="flex flex-col gap-3 pt-3 pb-4">
        {call?.approval && <ApprovalCard key={call.approval.toolCallId} request={call.approval} />}
        {phase.name !== 'ending' && (
          <Composer takesFocus={call?.microphone === 'none'} text={draft} onText={onDraft} />
        )}
        {(call?.microphone === 'held' || call?.microphone === 'released') && (
          <HoldButton held={call.microphone === 'held'} />
        )}
        <CallControls />
      </div>
    </div>
  );
}
