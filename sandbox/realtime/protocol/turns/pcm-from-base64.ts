import type { Pcm48k } from '../../media/interfaces.ts';

/** `input_audio_buffer.append` carries 24 kHz samples, little endian; the speech input takes 48 kHz. Linear is enough for speech. */
export function pcmFromBase64(audio: string): Pcm48k {
  const bytes = Buffer.from(audio, 'base64');
  const samples = Math.floor(bytes.length / 2);
  const pcm = new Int16Array(samples * 2);
  for (let index = 0; index < samples; index++) {
    const sample = bytes.readInt16LE(index * 2);
    const next = index + 1 < samples ? bytes.readInt16LE(index * 2 + 2) : sample;
    pcm[index * 2] = sample;
    pcm[index * 2 + 1] = (sample + next) >> 1;
  }
  return pcm;
}
