import { type CallMicrophone, createCallMicrophone } from '@/lib/client/audio/call-microphone';
import { createGreeting, type Greeting } from '@/lib/client/audio/greeting';
import { createInterruptions } from '@/lib/client/audio/interruptions';
import type { CallAudio } from '@/lib/client/audio/levels';
import { createSpeaker, type Speaker } from '@/lib/client/audio/speaker';
import type { EngineContext } from '@/lib/client/call/engine-context';
import { createPushToTalk, type PushToTalk } from '@/lib/client/call/push-to-talk';
import type { Connection } from '@/lib/client/connection/connection';
import type { CallEvent } from '@/lib/client/state/call-event';
import type { Interruption, Turn } from '@/lib/client/state/call-state';

interface LiveAudioOptions {
  context: EngineContext;
  dispatch: (event: CallEvent) => void;
  audio: CallAudio;
  /** The microphone, already open, or silence. */
  stream: MediaStream;
  /** Plays the agent. */
  element: HTMLAudioElement;
  hasMicrophone: boolean;
  connection: () => Connection | null;
  turn: () => Turn | null;
}

/** The devices of a call, and how the user talks with them. All of it outlives each connection. */
export interface LiveAudio {
  speaker: Speaker;
  microphone: CallMicrophone;
  pushToTalk: PushToTalk;
  greeting: Greeting;
  interruption: () => Interruption | null;
  /** Gives a connection that takes the place of another the microphone and the way of talking of now. */
  follow(connection: Connection): void;
}

export function createLiveAudio(options: LiveAudioOptions): LiveAudio {
  const { context, dispatch, audio, connection } = options;
  const { browser, state } = context;
  const interruptions = createInterruptions((interruption) =>
    dispatch({ type: 'sound_interrupted', interruption }),
  );
  const speaker = createSpeaker({
    element: options.element,
    audio,
    deviceId: state.getState().sound.speakerId,
    onBlocked: (blocked) => dispatch({ type: 'playback_blocked', blocked }),
    onPaused: (paused) => interruptions.mark('playback', paused),
  });
  const microphone = createCallMicrophone({
    browser,
    stream: options.stream,
    isSilence: !options.hasMicrophone,
    deviceId: state.getState().sound.microphoneId,
    onStream(stream) {
      const [track] = stream.getAudioTracks();
      if (track !== undefined) connection()?.replaceTrack(track);
      audio.meterUser(stream);
    },
    onNote: (text) => dispatch({ type: 'sound_note', text }),
    onTaken(taken) {
      interruptions.mark('microphone', taken);
      // What was taken together comes back together.
      if (!taken && interruptions.has('playback')) speaker.play();
    },
    onLost(why) {
      // Its key goes too, and whoever held it cannot let it go.
      pushToTalk.hold(false);
      dispatch({ type: 'microphone_lost', why });
    },
    onFound(label) {
      const present = pushToTalk.isOn() ? 'released' : microphone.isMuted() ? 'muted' : 'on';
      dispatch({ type: 'microphone_found', label, microphone: present });
    },
  });
  const pushToTalk = createPushToTalk({
    connection,
    now: browser.now,
    turn: options.turn,
    setMicrophone(open) {
      if (open) audio.resume();
      microphone.setOpen(open);
    },
    dispatch,
  });
  audio.onInterrupted((interrupted) => {
    interruptions.mark('page', interrupted);
    if (!interrupted && interruptions.has('playback')) speaker.play();
  });
  const greeting = createGreeting(pushToTalk.holdDetection);
  return {
    speaker,
    microphone,
    pushToTalk,
    greeting,
    interruption: interruptions.current,
    follow(next) {
      // The microphone may be another one than when this connection was begun.
      const [track] = microphone.stream().getAudioTracks();
      if (track !== undefined) next.replaceTrack(track);
      pushToTalk.apply(next);
    },
  };
}
