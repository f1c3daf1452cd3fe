import type { ServerEvent } from '@/lib/client/state/call-event';

/** A greeting that has not begun by then is no longer waited for. The slowest real ones begin after 5 s. */
const BEGIN_LIMIT_MS = 10_000;
/** A greeting that plays longer, or whose end is never reported, can be interrupted from here on. */
const PLAY_LIMIT_MS = 20_000;
/** The last sound is still on its way through loudspeaker and microphone. */
const ECHO_MS = 150;

/** Keeps a greeting from being cut by its own echo. */
export interface Greeting {
  /** The greeting is being asked for. */
  begin(): void;
  /** Feed it every event of the call. */
  notice(event: ServerEvent): void;
  /** The connection dropped, or the call ended. */
  cancel(): void;
}

/**
 * A browser learns to cancel the echo of a loudspeaker during the first seconds in which something plays. Until then the
 * agent hears itself, takes that for the user, and breaks off to answer its own words. So nothing is detected until the
 * greeting was played, or what the agent says by itself on a connection that took the place of another. From then on the user interrupts by speaking; buttons and typing interrupt at any time.
 */
export function createGreeting(holdDetection: (held: boolean) => void): Greeting {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPlaying = false;
  let isHeld = false;

  const end = () => {
    clearTimeout(timer);
    if (!isHeld) return;
    isHeld = false;
    holdDetection(false);
  };
  const endAfter = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(end, ms);
  };

  return {
    cancel() {
      clearTimeout(timer);
      isHeld = false;
    },
    begin() {
      isHeld = true;
      isPlaying = false;
      holdDetection(true);
      endAfter(BEGIN_LIMIT_MS);
    },
    notice(event) {
      if (!isHeld) return;
      switch (event.type) {
        case 'playback_started':
          isPlaying = true;
          endAfter(PLAY_LIMIT_MS);
          break;
        case 'playback_stopped':
          endAfter(ECHO_MS);
          break;
        case 'playback_cleared':
          end();
          break;
        case 'response_done':
          // Nothing of it will be heard.
          if (!isPlaying && event.status !== 'completed') end();
          break;
      }
    },
  };
}
