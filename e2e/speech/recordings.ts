import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What users say in any call, and what they say to this business. */
export const RECORDING_FOLDERS = ['./', '../business/speech/'].map(
  (folder) => new URL(folder, import.meta.url),
);

/** Returns the path of the WAV file of a recorded sentence. Throws when there is none of this name. */
export function findRecording(name: string): string {
  const files = RECORDING_FOLDERS.map((folder) => new URL(`${name}.wav`, folder));
  const file = files.find((one) => existsSync(one));
  if (file === undefined) throw new Error(`There is no recording ${name}.wav: see e2e/speech/README.md.`);
  return fileURLToPath(file);
}

/** Returns its content. Throws like {@link findRecording}. */
export const readRecording = (name: string): Buffer => readFileSync(findRecording(name));
