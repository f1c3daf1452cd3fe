import { createSoundHints, isSpeech } from '@/lib/client/audio/sound-hints';
import { createIdleWatch } from '@/lib/client/page/idle-watch';
import type { CallEvent, ServerEvent } from '@/lib/client/state/call-event';
import type { LiveCallState } from '@/lib/client/state/call-state';

const SAMPLE_EVERY_MS = 100;

interface CallTimersOptions {
  now: () => number;
  /** When the server hangs up, on this browser's clock. */
  endsAtMs: number;
  /** `null` while the call is not up. */
  call: () => LiveCallState | null;
  /** Amplitude of the user's side, 0…1; `null` when nobody measures. */
  userAmplitude: () => number | null;
  dispatch: (event: CallEvent) => void;
  /** The user is being heard on this side. */
  onHeard: () => void;
  onTimeUp: () => void;
  /** Nobody has been there for a while. */
  onIdle: () => void;
}

/** The call's timers: spoken words, hints about silence and mute, an absent user, and the time left. */
export interface CallTimers {
  start(): void;
  /** Feed it every event of the server. */
  notice(event: ServerEvent): void;
  /** The user pressed a key, or touched the page. */
  touched(): void;
  stop(): void;
}

export function createCallTimers(options: CallTimersOptions): CallTimers {
  const { now, dispatch } = options;
  const readHint = createSoundHints();
  const idle = createIdleWatch();
  let wasHeard = false;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  let sampler: ReturnType<typeof setInterval> | undefined;

  const sample = () => {
    const call = options.call();
    if (call === null) return;
    const atMs = now();
    dispatch({ type: 'tick', atMs });
    const { microphone, turn } = call;
    const amplitude = options.userAmplitude();
    // The loudspeaker is in the microphone too.
    if (microphone === 'on' && turn !== 'agent_speaking' && isSpeech(amplitude)) options.onHeard();
    const sound = readHint({ atMs, amplitude, microphone, turn, wasHeard });
    const presence = idle.read(call, atMs);
    if (presence === 'gone') return options.onIdle();
    const hint = presence === 'asked' ? 'nobody' : sound;
    if (hint !== call.hint) dispatch({ type: 'hint_changed', hint });
  };

  return {
    start() {
      deadline = setTimeout(options.onTimeUp, options.endsAtMs - now());
      sampler = setInterval(sample, SAMPLE_EVERY_MS);
    },
    notice(event) {
      if (event.type === 'user_speech_started') wasHeard = true;
    },
    touched: idle.touched,
    stop() {
      clearTimeout(deadline);
      clearInterval(sampler);
    },
  };
}
