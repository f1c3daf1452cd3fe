import { startChosen, useCallContext } from '@/components/call/call-context';
import type { ActionKind } from '@/components/call/copy/phase-copy';
import { showToast } from '@/components/ui/toast-host';
import { copyText } from '@/lib/client/page/clipboard';

/** Id of the element that takes the focus when the main action is to answer an approval. */
export const APPROVAL_CARD_ID = 'approval-card';

const copyLink = async () => {
  const worked = await copyText(window.location.href);
  await showToast(
    worked ? 'Link copied' : 'Your browser blocked copying. Copy the link from the address bar.',
  );
};

/**
 * Returns a function that performs a main action. `sign_in` and `see_setup` are links and do nothing here, and `stay` is
 * done by the press itself: the call notices every touch.
 */
export function useAction(): (kind: ActionKind) => void {
  const context = useCallContext();
  const { commands } = context.store;
  const actions: Partial<Record<ActionKind, () => void>> = {
    talk: () => startChosen(context),
    type: () => startChosen(context, { typed: true }),
    cancel: commands.cancel,
    try_again: commands.retry,
    take_over: commands.takeOver,
    copy_link: () => void copyLink(),
    back: commands.reset,
    end: () => commands.end(),
    stop_agent: commands.stopAgent,
    unmute: () => commands.setMuted(false),
    play_audio: commands.playAudio,
    resume_sound: commands.resumeSound,
    answer: () => document.getElementById(APPROVAL_CARD_ID)?.focus(),
  };
  return (kind) => actions[kind]?.();
}
