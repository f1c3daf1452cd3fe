import type { Page } from 'playwright/test';

/** Loudness (RMS, 0…1), sampled every 10 ms. */
export type Levels = { atMs: number; rms: number }[];

/** What went over WebRTC, with the page's own clock. */
export interface PageEar {
  /** What the server sent over the data channel, and what the page sent. */
  events: { atMs: number; type: string; json: string }[];
  sent: { atMs: number; type: string; json: string }[];
  /** The agent's audio as it is played, and the person's as it goes out. */
  levels: Levels;
  microphone: Levels;
}

/**
 * Listens beside the app: remembers every data channel message and samples the loudness of both audio tracks.
 * The app is untouched; only the browser's own constructor is observed.
 */
export async function installPageEar(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ear: PageEar = { events: [], sent: [], levels: [], microphone: [] };
    const connections: RTCPeerConnection[] = [];
    Object.assign(window, { pageEar: ear, pageConnections: connections });

    const note = (data: unknown) => {
      const json = String(data);
      return { atMs: performance.now(), type: JSON.parse(json).type, json };
    };
    const sampleLoudness = (stream: MediaStream, levels: Levels) => {
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 512;
      context.createMediaStreamSource(stream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
        levels.push({ atMs: performance.now(), rms: Math.sqrt(power) });
      }, 10);
    };

    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
        this.addEventListener('track', (event) => {
          sampleLoudness(event.streams[0] ?? new MediaStream([event.track]), ear.levels);
        });
      }
      override addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): RTCRtpSender {
        sampleLoudness(new MediaStream([track]), ear.microphone);
        return super.addTrack(track, ...streams);
      }
      override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
        const channel = super.createDataChannel(label, options);
        channel.addEventListener('message', (message) => ear.events.push(note(message.data)));
        const send = channel.send.bind(channel);
        channel.send = (data: string & Blob & ArrayBuffer & ArrayBufferView<ArrayBuffer>) => {
          ear.sent.push(note(data));
          send(data);
        };
        return channel;
      }
    };
  });
}

export const readPageEar = (page: Page): Promise<PageEar> =>
  page.evaluate(() => (window as unknown as { pageEar: PageEar }).pageEar);

/** Above this the agent is audibly speaking; the noise of an idle Opus stream stays far below. */
export const AUDIBLE_RMS = 0.01;
