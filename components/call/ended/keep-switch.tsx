'use client';

import { useState } from 'react';
import { useCallContext } from '@/components/call/call-context';
import { deleteTranscript, keepTranscript } from '@/lib/client/api/kept-transcript-api';
import type { CallId } from '@/lib/shared/ids';
import type { KeptEntry } from '@/lib/shared/kept-transcript';

type Keeping = 'off' | 'saving' | 'on' | 'deleting' | 'not_saved' | 'full' | 'not_deleted';

const keepingTexts = (historyKeepDays: number): Record<Keeping, string> => ({
  off: 'Off: nothing you said is stored.',
  saving: 'Saving…',
  on: `Kept for ${historyKeepDays} days under “Your calls”. Untick to delete it.`,
  deleting: 'Deleting…',
  not_saved: 'It couldn’t be saved. Tick the box to try again.',
  full: 'You’ve kept as many conversations as you can. Delete one under “Your calls”, then tick the box again.',
  not_deleted: 'It couldn’t be deleted. Untick the box to try again.',
});

const AFTER_KEEPING = { kept: 'on', full: 'full', failed: 'not_saved' } as const;
const CHECKED: ReadonlySet<Keeping> = new Set(['saving', 'on', 'not_deleted']);

/** Consent to store a conversation: off until the user ticks the box; unticking it deletes the conversation. */
export function KeepSwitch({ callId, entries }: { callId: CallId; entries: () => KeptEntry[] }) {
  const { historyKeepDays } = useCallContext().setting;
  const [keeping, setKeeping] = useState<Keeping>('off');
  const busy = keeping === 'saving' || keeping === 'deleting';
  const isTrouble = keeping === 'not_saved' || keeping === 'full' || keeping === 'not_deleted';

  const onChange = async (wanted: boolean) => {
    if (busy) return;
    setKeeping(wanted ? 'saving' : 'deleting');
    if (wanted) setKeeping(AFTER_KEEPING[await keepTranscript(callId, entries())]);
    else setKeeping((await deleteTranscript(callId)) ? 'off' : 'not_deleted');
  };

  return (
    <label className="mt-5 flex min-h-11 cursor-pointer items-start gap-3 border-line border-t pt-5">
      <input
        type="checkbox"
        checked={CHECKED.has(keeping)}
        aria-labelledby="keep-title"
        aria-describedby="keep-status"
        aria-busy={busy}
        onChange={(event) => void onChange(event.target.checked)}
        className="mt-0.5 size-5 shrink-0 accent-accent"
      />
      <span>
        <span id="keep-title" className="font-medium">
          Keep this conversation
        </span>
        <span
          id="keep-status"
          role="status"
          className={isTrouble ? 'block text-danger text-sm' : 'block text-ink-muted text-sm'}
        >
          {keepingTexts(historyKeepDays)[keeping]}
        </span>
      </span>
    </label>
  );
}
