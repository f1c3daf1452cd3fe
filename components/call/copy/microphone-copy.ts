import type { PhaseCopy } from '@/components/call/copy/phase-copy';
import type { MicrophoneProblem, UnsupportedWhy } from '@/lib/client/state/call-state';

type Words = Pick<PhaseCopy, 'sentence' | 'detail'>;

const PROBLEMS: Record<MicrophoneProblem, Words> = {
  dismissed: {
    sentence: 'The microphone request was dismissed.',
    detail: 'Try again and choose Allow when your browser asks.',
  },
  blocked: {
    sentence: 'The microphone is blocked for this page.',
    detail: 'Your browser remembers an earlier “no”. To change it:',
  },
  blocked_by_system: {
    sentence: 'Your device doesn’t let this browser use the microphone.',
    detail: 'The browser would share it, but your device doesn’t allow that. To change it:',
  },
  missing: {
    sentence: 'No microphone was found.',
    detail: 'Plug one in or turn it on, check your system’s sound settings, then try again.',
  },
  in_use: {
    sentence: 'Another program is using the microphone.',
    detail: 'Close other calls and recording apps, then try again.',
  },
  failed: {
    sentence: 'The microphone didn’t start.',
    detail: 'Unplug it and plug it in again, or restart the browser, then try again.',
  },
};

/** The same in one line, for where there is no room for a card. */
export function microphoneAdvice(why: MicrophoneProblem): string {
  switch (why) {
    case 'blocked':
      return `${PROBLEMS.blocked.sentence} Use the icon beside the page’s address to allow it, then try again.`;
    case 'blocked_by_system':
      return `${PROBLEMS.blocked_by_system.sentence} Allow it in the system’s privacy settings, then try again.`;
    default:
      return `${PROBLEMS[why].sentence} ${PROBLEMS[why].detail}`;
  }
}

export const microphoneCopy = (why: MicrophoneProblem): PhaseCopy => ({
  ...PROBLEMS[why],
  action: { kind: 'try_again', label: 'Try again' },
  announcement: 'You can try again or type instead.',
});

const UNSUPPORTED: Record<UnsupportedWhy, Required<Words>> = {
  insecure_page: {
    sentence: 'Talking needs a secure connection.',
    detail:
      'Browsers share the microphone only with https pages. Open this page at its https address, or type instead.',
  },
  no_microphone_api: {
    sentence: 'This browser can’t share a microphone.',
    detail: 'Open this page in a current version of Chrome, Edge, Firefox or Safari, or type instead.',
  },
  no_webrtc: {
    sentence: 'This browser can’t make calls.',
    detail: 'Copy the link and open it in a current version of Chrome, Edge, Firefox or Safari.',
  },
  frame_policy: {
    sentence: 'The page around this one blocks the microphone.',
    detail: 'Open this page in its own window, or type instead.',
  },
};

/** A typed call needs WebRTC too, so without it the only way on is another browser. */
export const unsupportedCopy = (why: UnsupportedWhy): PhaseCopy => ({
  ...UNSUPPORTED[why],
  action:
    why === 'no_webrtc'
      ? { kind: 'copy_link', label: 'Copy the link' }
      : { kind: 'type', label: 'Type instead' },
  announcement: UNSUPPORTED[why].detail,
});
