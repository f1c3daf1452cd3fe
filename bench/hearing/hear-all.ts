import type { Media, Pcm16k, Pcm48k } from '../../sandbox/realtime/media.ts';

/** Plays a recording to a call's ears, as fast as they hear, and answers the turns they found. */
export function hearAll(media: Media, pcm: Pcm48k): Promise<Pcm16k[]> {
  return new Promise((resolve) => {
    const turns: Pcm16k[] = [];
    const frameSamples = 960;
    let isSpeaking = false;
    const ears = media.createEars(
      {
        onSpeechStarted: () => {
          isSpeaking = true;
        },
        onSpeechPausing() {},
        onSpeechResumed() {},
        onSpeechStopped: (_atMs, audio) => {
          isSpeaking = false;
          turns.push(audio);
        },
      },
      { silenceMs: 500, threshold: 0.5, prefixPaddingMs: 300 },
    );
    let at = 0;
    // In slices, so that the detector keeps up and the end is not missed.
    const timer = setInterval(() => {
      for (let count = 0; count < 100 && at + frameSamples <= pcm.length; count++, at += frameSamples) {
        ears.hear(pcm.slice(at, at + frameSamples));
      }
      const isOver = at + frameSamples > pcm.length;
      if (isOver && isSpeaking) ears.hear(new Int16Array(frameSamples));
      if (!isOver || isSpeaking) return;
      clearInterval(timer);
      ears.close();
      resolve(turns);
    }, 40);
  });
}
