import { blockEnergies, firstLoudBlock } from '../../audio/block-energies.ts';
import type { Pcm16k } from '../../interfaces.ts';

const SAMPLES_PER_MS = 16;
const FRAME_SAMPLES = 10 * SAMPLES_PER_MS;
/** Kept before the first sound. With the usual 300 ms of padding, "Book a" is recognised as "But to". */
const LEAD_MS = 50;
/** A frame is loud above 6 dB over the quietest, and above 20 dB below the loudest. */
const OVER_QUIET = 4;
const OVER_LOUD = 0.01;

/** Cuts the quiet before the first sound: the recogniser gets first words best when they come at once. */
export function trimLead(audio: Pcm16k): Pcm16k {
  const energies = blockEnergies(audio, FRAME_SAMPLES);
  const ranked = energies.toSorted();
  const quiet = ranked[Math.floor(ranked.length * 0.1)] ?? 0;
  const loud = ranked[Math.floor(ranked.length * 0.95)] ?? 0;
  const limit = Math.max(quiet * OVER_QUIET, loud * OVER_LOUD);
  const first = firstLoudBlock(energies, limit);
  return first === -1 ? audio : audio.slice(Math.max(0, first * FRAME_SAMPLES - LEAD_MS * SAMPLES_PER_MS));
}
