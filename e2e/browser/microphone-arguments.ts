import { writeSilence } from '../speech/wav.ts';

/** Returns Chromium's arguments for a microphone that is there, allowed, and silent until a test speaks into the page. */
export const microphoneArguments = (): string[] => [
  '--no-sandbox',
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-audio-capture=${writeSilence()}%noloop`,
  '--allow-loopback-in-peer-connection',
];
