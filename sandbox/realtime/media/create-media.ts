import { loadVoiceDetector } from './audio/silero.ts';
import { createSpeechInput } from './audio/speech-input.ts';
import type { Media, Peer, PeerHandlers } from './interfaces.ts';
import { type AnswerOptions, answer } from './rtc/answer.ts';
import { warmUp } from './rtc/warm-up.ts';
import { createSpeech } from './speech/create-speech.ts';

/**
 * Loads the models, makes one call to itself and returns the working media half: about 2 s on two cores.
 * Throws when a model is missing or is not the expected file.
 */
export async function createMedia(options: AnswerOptions = {}): Promise<Media> {
  const [{ speech, senses }, voiceDetector] = await Promise.all([
    createSpeech(),
    loadVoiceDetector(),
    warmUp(),
  ]);
  const openPeers = new Set<Peer>();
  return {
    speech,
    senses,
    async answer(offerSdp, handlers) {
      const call: { peer?: Peer } = {};
      const peerHandlers: PeerHandlers = {
        onChannelOpen: () => handlers.onChannelOpen(),
        onMessage: (text) => handlers.onMessage(text),
        onAudio: (pcm) => handlers.onAudio(pcm),
        onConnected: () => handlers.onConnected(),
        onClosed(reason) {
          if (call.peer) openPeers.delete(call.peer);
          handlers.onClosed(reason);
        },
      };
      const answered = await answer(offerSdp, peerHandlers, options);
      if (answered.ok) {
        call.peer = answered.peer;
        openPeers.add(answered.peer);
      }
      return answered;
    },
    createSpeechInput: (handlers, detection) =>
      createSpeechInput(voiceDetector.createDetector(), handlers, detection),
    async close() {
      for (const peer of openPeers) peer.close();
      await Promise.all([speech.close(), voiceDetector.close()]);
    },
  };
}
