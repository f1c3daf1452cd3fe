import type { Page } from 'playwright/test';
import { readRecording } from '../speech/recordings.ts';

interface Spoken {
  fromMs: number;
  untilMs: number;
}
type Say = (wavBase64: string, forever: boolean) => Promise<Spoken>;

/**
 * Mixes recorded speech into the microphone that the app opens, at the moment when a test speaks. The microphone
 * itself stays the browser's: its permission, its errors and its silence are real.
 */
export async function installPageSpeech(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const microphone = await open(constraints);
      const context = new AudioContext();
      const mixed = context.createMediaStreamDestination();
      context.createMediaStreamSource(microphone).connect(mixed);
      const say: Say = async (wavBase64, forever) => {
        const wav = Uint8Array.from(atob(wavBase64), (letter) => letter.charCodeAt(0));
        const source = context.createBufferSource();
        source.buffer = await context.decodeAudioData(wav.buffer);
        source.loop = forever;
        source.connect(mixed);
        const fromMs = performance.now();
        await new Promise<void>((resolve) => {
          source.onended = () => resolve();
          source.start();
          if (forever) resolve();
        });
        return { fromMs, untilMs: performance.now() };
      };
      Object.assign(window, { sayIntoMicrophone: say, microphoneMix: mixed.stream });
      return mixed.stream;
    };
  });
}

/**
 * Plays a WAV file into the open microphone, once or over and over. Resolves at its end, or at once when it has none,
 * with the times of the page's clock.
 */
export const playIntoPage = (page: Page, wav: Buffer, forever = false): Promise<Spoken> =>
  page.evaluate(
    ([wavBase64, endless]) =>
      (window as unknown as { sayIntoMicrophone: Say }).sayIntoMicrophone(wavBase64, endless),
    [wav.toString('base64'), forever] as const,
  );

/** Speaks a recording into the open microphone. Resolves at its end. */
export const speakIntoPage = async (page: Page, recording: string): Promise<void> =>
  void (await playIntoPage(page, readRecording(recording)));
