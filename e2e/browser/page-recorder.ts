import type { Page } from 'playwright/test';

/** Loudness (RMS, 0…1), sampled every 10 ms. */
export type Levels = { atMs: number; rms: number }[];

export interface ChannelEvent {
  atMs: number;
  type: string;
  json: string;
}

/** What went over WebRTC, by the page's own clock. */
export interface PageRecording {
  /** What the server sent over the data channel. */
  events: ChannelEvent[];
  /** What the page sent over it. */
  sent: ChannelEvent[];
  /** The agent's audio as the page plays it. */
  levels: Levels;
  /** The user's audio as it goes out. */
  microphone: Levels;
}

/** Above this RMS the agent is audibly speaking; the noise of an idle Opus stream stays far below. */
export const AUDIBLE_RMS = 0.01;

/**
 * Records every data channel message and samples the loudness of both audio tracks. The app is unchanged: only the
 * browser's own constructor is observed.
 */
export async function installPageRecorder(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const recording: PageRecording = { events: [], sent: [], levels: [], microphone: [] };
    const connections: RTCPeerConnection[] = [];
    Object.assign(window, { pageRecording: recording, pageConnections: connections });

    const toEvent = (data: unknown) => {
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
        this.addEventListener('track', (event) => {
          // Those that are only ready for a call, or lend it a silent track, receive nothing.
          if (!connections.includes(this)) connections.push(this);
          sampleLoudness(event.streams[0] ?? new MediaStream([event.track]), recording.levels);
        });
      }
      override addTrack(track: MediaStreamTrack, ...streams: MediaStream[]): RTCRtpSender {
        sampleLoudness(new MediaStream([track]), recording.microphone);
        const sender = super.addTrack(track, ...streams);
        const replace = sender.replaceTrack.bind(sender);
        // The call begins with silence, and goes on with the microphone.
        sender.replaceTrack = (next) => {
          if (next !== null) sampleLoudness(new MediaStream([next]), recording.microphone);
          return replace(next);
        };
        return sender;
      }
      override createDataChannel(label: string, options?: RTCDataChannelInit): RTCDataChannel {
        const channel = super.createDataChannel(label, options);
        channel.addEventListener('message', (message) => recording.events.push(toEvent(message.data)));
        const send = channel.send.bind(channel);
        channel.send = (data: string & Blob & ArrayBuffer & ArrayBufferView<ArrayBuffer>) => {
          recording.sent.push(toEvent(data));
          send(data);
        };
        return channel;
      }
    };
  });
}

/** Returns what the page has recorded so far. */
export const readPageRecording = (page: Page): Promise<PageRecording> =>
  page.evaluate(() => (window as unknown as { pageRecording: PageRecording }).pageRecording);

/** Returns for how many samples of 10 ms the agent has been audible since `atMs`. */
export const audibleSince = ({ levels }: PageRecording, sinceMs: number): number =>
  levels.filter(({ atMs, rms }) => atMs > sinceMs && rms > AUDIBLE_RMS).length;
