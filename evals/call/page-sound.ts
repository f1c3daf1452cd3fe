import type { Page } from 'playwright';

interface PageSound {
  startedAtMs: number;
  stop: () => Promise<{ webm: string; agentPcm16k: string }>;
}

/** The recorded sound of a call. */
export interface RecordedSound {
  /** By the page's clock. */
  startedAtMs: number;
  /** Opus in WebM, the caller on the left and the agent on the right. */
  webm: Buffer;
  /** The agent alone, 16 kHz, -1…1, for a recogniser. */
  agentPcm16k: Float32Array<ArrayBuffer>;
}

const MAX_INT16 = 32_768;

/**
 * Records both sides of a call as the page has them: the track that goes out and the one that comes in. Needs the
 * recorder of the connections (`page-recorder.ts`) and the mixed microphone (`page-speech.ts`).
 */
export async function installPageSound(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const toBase64 = (bytes: Uint8Array) => {
      let text = '';
      for (let at = 0; at < bytes.length; at += 32_768) {
        text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
      }
      return btoa(text);
    };
    const record = (caller: MediaStream, agent: MediaStream): PageSound => {
      const context = new AudioContext();
      const both = new ChannelMergerNode(context, { numberOfInputs: 2 });
      const output = context.createMediaStreamDestination();
      for (const [side, stream] of [caller, agent].entries()) {
        const mono = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' });
        context.createMediaStreamSource(stream).connect(mono).connect(both, 0, side);
      }
      both.connect(output);
      const recorder = new MediaRecorder(output.stream, {
        mimeType: 'audio/webm;codecs=opus',
        audioBitsPerSecond: 48_000,
      });
      const pieces: Blob[] = [];
      recorder.ondataavailable = ({ data }) => pieces.push(data);
      recorder.start();
      const startedAtMs = performance.now();
      const stop = async () => {
        await new Promise<void>((resolve) => {
          recorder.onstop = () => resolve();
          recorder.stop();
        });
        const webm = new Uint8Array(await new Blob(pieces).arrayBuffer());
        const base64 = toBase64(webm);
        const decoded = await new OfflineAudioContext(1, 1, 16_000).decodeAudioData(webm.buffer);
        const right = decoded.getChannelData(decoded.numberOfChannels - 1);
        const pcm = Int16Array.from(right, (sample) => Math.max(-1, Math.min(1, sample)) * 32_767);
        return { webm: base64, agentPcm16k: toBase64(new Uint8Array(pcm.buffer)) };
      };
      return { startedAtMs, stop };
    };
    const waiting = setInterval(() => {
      const { microphoneMix, pageConnections } = window as unknown as {
        microphoneMix?: MediaStream;
        pageConnections: RTCPeerConnection[];
      };
      const receiver = pageConnections[0]?.getReceivers().find(({ track }) => track.kind === 'audio');
      if (microphoneMix === undefined || receiver === undefined) return;
      clearInterval(waiting);
      Object.assign(window, { pageSound: record(microphoneMix, new MediaStream([receiver.track])) });
    }, 20);
  });
}

/** Ends the recording and returns it; `null` when no call came about. */
export async function takePageSound(page: Page): Promise<RecordedSound | null> {
  const taken = await page.evaluate(async () => {
    const sound = (window as unknown as { pageSound?: PageSound }).pageSound;
    return sound === undefined ? null : { startedAtMs: sound.startedAtMs, ...(await sound.stop()) };
  });
  if (taken === null) return null;
  const pcm = Buffer.from(taken.agentPcm16k, 'base64');
  const agentPcm16k = new Float32Array(pcm.length >> 1);
  for (let at = 0; at < agentPcm16k.length; at++) agentPcm16k[at] = pcm.readInt16LE(at * 2) / MAX_INT16;
  return { startedAtMs: taken.startedAtMs, webm: Buffer.from(taken.webm, 'base64'), agentPcm16k };
}
