import type { Connection } from '@/lib/client/connection/connection';
import type { CallEvent } from '@/lib/client/state/call-event';
import type { Turn } from '@/lib/client/state/call-state';

/** Sound on its way through the browser when the key goes up still belongs to the sentence. */
const TAIL_MS = 200;
/** A touch of the key is not a sentence; the server refuses less than 100 ms. */
const SHORTEST_MS = 250;

interface PushToTalkOptions {
  voice: () => Connection | null;
  now: () => number;
  turn: () => Turn | null;
  /** Opens or closes the microphone at its source. */
  setMicrophone: (on: boolean) => void;
  dispatch: (event: CallEvent) => void;
}

/** Push-to-talk: the person, and not silence, says where a sentence begins and ends. */
export interface PushToTalk {
  isOn(): boolean;
  /** Switches the way of talking, in the session too. */
  setPushToTalk(on: boolean): void;
  /** Tells a new connection which way it is. */
  apply(voice: Connection): void;
  hold(held: boolean): void;
  /** The line dropped, or the call ended: what was said by then is lost. */
  drop(): void;
}

export function createPushToTalk({
  voice,
  now,
  turn,
  setMicrophone,
  dispatch,
}: PushToTalkOptions): PushToTalk {
  let isOn = false;
  let heldSinceMs: number | null = null;
  let tail: ReturnType<typeof setTimeout> | undefined;

  const setTurnDetection = (line: Connection | null, turnDetection: unknown) =>
    line?.send({
      type: 'session.update',
      session: { type: 'realtime', audio: { input: { turn_detection: turnDetection } } },
    });

  function press(): void {
    clearTimeout(tail);
    const line = voice();
    if (line === null) return;
    heldSinceMs = now();
    const turnNow = turn();
    if (turnNow === 'agent_speaking' || turnNow === 'thinking') line.interrupt();
    // Sound flows all the time: what was heard before the key went down is no part of the sentence.
    line.send({ type: 'input_audio_buffer.clear' });
    setMicrophone(true);
    dispatch({ type: 'talk_held', held: true, atMs: now() });
  }

  function release(sinceMs: number): void {
    heldSinceMs = null;
    const isSentence = now() - sinceMs >= SHORTEST_MS;
    dispatch({ type: 'talk_held', held: false, atMs: now() });
    tail = setTimeout(() => {
      setMicrophone(false);
      if (!isSentence) return;
      voice()?.send({ type: 'input_audio_buffer.commit' });
      voice()?.requestResponse();
    }, TAIL_MS);
  }

  const drop = () => {
    clearTimeout(tail);
    if (heldSinceMs === null) return;
    heldSinceMs = null;
    setMicrophone(false);
    dispatch({ type: 'talk_held', held: false, atMs: now() });
  };

  return {
    drop,
    isOn: () => isOn,
    apply(line) {
      if (isOn) setTurnDetection(line, null);
    },
    setPushToTalk(on) {
      if (on === isOn) return;
      drop();
      isOn = on;
      setMicrophone(!on);
      setTurnDetection(voice(), on ? null : (voice()?.turnDetection() ?? null));
      dispatch({ type: 'talk_mode_changed', pushToTalk: on });
    },
    hold(held) {
      if (!isOn) return;
      if (held && heldSinceMs === null) press();
      if (!held && heldSinceMs !== null) release(heldSinceMs);
    },
  };
}
