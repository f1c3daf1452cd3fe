import type { ServerEvent } from '@/lib/client/state/call-event';

/** The call ends after this long, unless the user has more to say. */
const FAREWELL_LIMIT_MS = 8_000;

/** Hangs up after the agent has said goodbye aloud. A user who speaks, types or stops it meanwhile keeps the call. */
export interface Farewell {
  /** The agent asked to end the call: its next response is the farewell. */
  begin(): void;
  /** Feed it every event of the call. */
  notice(event: ServerEvent): void;
  cancel(): void;
}

export function createFarewell(hangUp: () => void): Farewell {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let playing: string | null = null;
  /** The farewell: the first response that began after `begin()`. */
  let farewellId: string | null = null;
  let hasWords = false;
  let isSaid = false;
  /** The user has spoken, or stopped the agent, since it asked to end the call. */
  let hasMoreToSay = false;

  const cancel = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    farewellId = null;
    hasWords = false;
    isSaid = false;
  };
  const keepCall = () => {
    hasMoreToSay = true;
    cancel();
  };
  const finish = () => {
    if (timer === null) return;
    cancel();
    hangUp();
  };

  function onPlaybackEnd(responseId: string): void {
    playing = null;
    // A response without words follows a goodbye that was said before the tool was called.
    if (responseId === farewellId || isSaid) finish();
  }

  return {
    cancel,
    begin() {
      if (hasMoreToSay) return;
      timer ??= setTimeout(finish, FAREWELL_LIMIT_MS);
    },
    notice(event) {
      switch (event.type) {
        case 'tool_requested':
          hasMoreToSay = false;
          break;
        case 'response_started':
          if (timer !== null) farewellId ??= event.responseId;
          break;
        case 'agent_words':
          if (event.responseId === farewellId) hasWords ||= event.aloud;
          break;
        case 'playback_started':
          playing = event.responseId;
          break;
        case 'response_done':
          if (event.responseId !== farewellId || hasWords) break;
          if (event.status === 'cancelled') return keepCall();
          isSaid = true;
          if (playing === null) finish();
          break;
        case 'playback_stopped':
          onPlaybackEnd(event.responseId);
          break;
        case 'playback_cleared':
          playing = null;
          keepCall();
          break;
        case 'user_speech_started':
          keepCall();
          break;
      }
    },
  };
}
