import type { Page } from 'playwright/test';

/** What the page received over WebRTC, with the page's own clock. */
export interface PageEar {
  events: { atMs: number; type: string; json: string }[];
  /** Loudness (RMS, 0…1) of the agent's audio, sampled every 10 ms. */
  levels: { atMs: number; rms: number }[];
}

/**
 * Listens beside the app: remembers every data channel message and samples the loudness of the received
 * audio track. The app is untouched; only the browser's own constructor is observed.
 */
export async function installPageEar(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ear: PageEar = { events: [], levels: [] };
    Object.assign(window, { pageEar: ear });

    const sampleLoudness = (stream: MediaStream) => {
      const context = new AudioContext();
      const analyser = context.createAnalyser();
      analyser.fftSize = 512;
      context.createMediaStreamSource(stream).connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      setInterval(() => {
        analyser.getFloatTimeDomainData(samples);
        const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
        ear.levels.push({ atMs: performance.now(), rms: Math.sqrt(power) });
      }, 10);
    };

    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        this.addEventListener('track', (event) => {
          sampleLoudness(event.streams[0] ?? new MediaStream([event.track]));
        });
      }
      override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
        const channel = super.createDataChannel(label, options);
        channel.addEventListener('message', (message) => {
          const json = String(message.data);
          ear.events.push({ atMs: performance.now(), type: JSON.parse(json).type, json });
        });
        return channel;
      }
    };
  });
}

export const readPageEar = (page: Page): Promise<PageEar> =>
  page.evaluate(() => (window as unknown as { pageEar: PageEar }).pageEar);

/** Above this the agent is audibly speaking; the noise of an idle Opus stream stays far below. */
export const AUDIBLE_RMS = 0.01;
