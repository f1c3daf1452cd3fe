import type { FliteVoice } from './flite.ts';

const female = new Set(['marin', 'alloy', 'coral', 'sage', 'shimmer', 'nova']);

/** The offline voice nearest to one of OpenAI's by name. Unknown names get the clearest voice. */
export function fliteVoice(voice: string): FliteVoice {
  return female.has(voice) ? 'slt' : 'rms';
}
