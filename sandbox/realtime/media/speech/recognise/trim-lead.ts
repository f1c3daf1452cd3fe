import { blockEnergies, firstLoudBlock } from '../../audio/block-energies.ts';
import type { Pcm16k } from '../../interfaces.ts';

const samplesPerMs = 16;
const frameSamples = 10 * samplesPerMs;
/** Kept before the first sound. With the 300 ms of a turn's usual padding "Book a" comes out as "But to". */
const leadMs = 50;
/** A frame is loud above 6 dB over the quietest, and above 20 dB below the loudest. */
const overQuiet = 4;
const overLoud = 0.01;

/** Cuts the quiet before the first sound: the recogniser hears first words best when they come at once. */
export function trimLead(audio: Pcm16k): Pcm16k {
  const energies = blockEnergies(audio, frameSamples);
  const ranked = energies.toSorted();
  const quiet = ranked[Math.floor(ranked.length * 0.1)] ?? 0;
  const loud = ranked[Math.floor(ranked.length * 0.95)] ?? 0;
  const limit = Math.max(quiet * overQuiet, loud * overLoud);
  const first = firstLoudBlock(energies, limit);
  return first === -1 ? audio : audio.slice(Math.max(0, first * frameSamples - leadMs * samplesPerMs));
}
