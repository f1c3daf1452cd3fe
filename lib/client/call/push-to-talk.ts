import type { Connection } from '@/lib/client/connection/connection';
import type { CallEvent } from '@/lib/client/state/call-event';
import type { Turn } from '@/lib/client/state/call-state';

/** Sound on its way through the browser when the key goes up still belongs to the sentence. */
const TAIL_MS = 200;
/** A touch of the key is not a sentence. The server refuses less than 100 ms. */
const SHORTEST_MS = 250;

interface PushToTalkOptions {
  connection: () => Connection | null;
  now: () => number;
  turn: () => Turn | null;
  /** Opens or closes the microphone at its source. */
  setMicrophone: (open: boolean) => void;
  dispatch: (event: CallEvent) => void;
}

/** Push-to-talk: a key, and not silence, marks where the user's sentence begins and ends. It owns turn detection. */
export interface PushToTalk {
  isOn(): boolean;
  /** Switches the way of talking, in the session too. */
  setOn(on: boolean): void;
  /** Switches turn detection off for a while, and back to what the server had set. */
  holdDetection(held: boolean): void;
  /** Applies the way of talking to a new connection. */
  apply(connection: Connection): void;
  /** The key goes down or up. */
  hold(held: boolean): void;
  /** The connection dropped, or the call ended: the sentence so far is lost. */
  drop(): void;
}

const setTurnDetection = (connection: Connection | null, turnDetection: unknown) =>
  connection?.send({
    type: 'session.update',
    session: { type: 'realtime', audio: { input: { turn_detection: turnDetection } } },
  });

export function createPushToTalk(options: PushToTalkOptions): PushToTalk {
  const { connection, now, turn, setMicrophone, dispatch } = options;
  let isOn = false;
  let isHeldBack = false;
  let heldSinceMs: number | null = null;
  /** The key went up, and the end of the sentence is on its way. */
  let tail: { timer: ReturnType<typeof setTimeout>; sinceMs: number } | null = null;

  const cutTail = () => {
    clearTimeout(tail?.timer);
    tail = null;
  };

  function press(): void {
    const current = connection();
    if (current === null) return;
    if (tail !== null) {
      // A finger that slipped: the sentence goes on.
      heldSinceMs = tail.sinceMs;
      cutTail();
      dispatch({ type: 'talk_held', held: true });
      return;
    }
    heldSinceMs = now();
    const turnNow = turn();
    if (turnNow === 'agent_speaking' || turnNow === 'thinking') current.interrupt();
    // Sound flows all the time: what was heard before the key went down is no part of the sentence.
    current.send({ type: 'input_audio_buffer.clear' });
    setMicrophone(true);
    dispatch({ type: 'talk_held', held: true });
  }

  function release(sinceMs: number): void {
    heldSinceMs = null;
    const isSentence = now() - sinceMs >= SHORTEST_MS;
    dispatch({ type: 'talk_held', held: false, isSentence, atMs: now() });
    const timer = setTimeout(() => {
      tail = null;
      setMicrophone(false);
      if (!isSentence) return;
      connection()?.send({ type: 'input_audio_buffer.commit' });
      connection()?.requestResponse();
    }, TAIL_MS);
    tail = { timer, sinceMs };
  }

  const applyDetection = () => {
    const current = connection();
    const policy = current?.turnDetection() ?? null;
    // Without a policy of the server there would be no way back.
    if (policy !== null || isOn) setTurnDetection(current, isOn || isHeldBack ? null : policy);
  };

  const loseSentence = () => {
    if (heldSinceMs !== null || tail !== null) setMicrophone(false);
    cutTail();
    if (heldSinceMs === null) return;
    heldSinceMs = null;
    dispatch({ type: 'talk_held', held: false, isSentence: false, atMs: now() });
  };

  return {
    isOn: () => isOn,
    drop() {
      isHeldBack = false;
      loseSentence();
    },
    apply(next) {
      if (isOn) setTurnDetection(next, null);
    },
    setOn(on) {
      if (on === isOn) return;
      loseSentence();
      isOn = on;
      setMicrophone(!on);
      applyDetection();
      dispatch({ type: 'talk_mode_changed', pushToTalk: on });
    },
    holdDetection(held) {
      if (held === isHeldBack) return;
      isHeldBack = held;
      if (isOn) return;
      // What was heard meanwhile was the agent's own echo.
      if (!held) connection()?.send({ type: 'input_audio_buffer.clear' });
      applyDetection();
    },
    hold(held) {
      if (!isOn) return;
      if (held && heldSinceMs === null) press();
      if (!held && heldSinceMs !== null) release(heldSinceMs);
    },
  };
}
