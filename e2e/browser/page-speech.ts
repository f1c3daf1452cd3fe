import type { Page } from 'playwright/test';
import { readRecording } from '../speech/recordings.ts';

type Say = (wavBase64: string) => Promise<void>;

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
      const say: Say = async (wavBase64) => {
        const wav = Uint8Array.from(atob(wavBase64), (letter) => letter.charCodeAt(0));
        const source = context.createBufferSource();
        source.buffer = await context.decodeAudioData(wav.buffer);
        source.connect(mixed);
        await new Promise<void>((resolve) => {
          source.onended = () => resolve();
          source.start();
        });
      };
      Object.assign(window, { sayIntoMicrophone: say });
      return mixed.stream;
    };
  });
}

/** Speaks a recording into the open microphone. Resolves at its end. */
export const speakIntoPage = (page: Page, recording: string): Promise<void> =>
  page.evaluate(
    (wavBase64) => (window as unknown as { sayIntoMicrophone: Say }).sayIntoMicrophone(wavBase64),
    readRecording(recording).toString('base64'),
  );
