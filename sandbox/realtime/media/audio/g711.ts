/** G.711 (ITU-T): telephone audio, 8 kHz, one byte a sample. Samples are signed 16 bit on the other side. */
export type G711Law = 'u' | 'a';

const U_BIAS = 0x84;
const U_CLIP = 32_635;
const A_CLIP = 32_767;

const decodeU = (byte: number): number => {
  const code = ~byte & 0xff;
  const magnitude = (((code & 0x0f) << 3) + U_BIAS) << ((code & 0x70) >> 4);
  return code & 0x80 ? U_BIAS - magnitude : magnitude - U_BIAS;
};

const decodeA = (byte: number): number => {
  const code = byte ^ 0x55;
  const segment = (code & 0x70) >> 4;
  const base = ((code & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? base : (base + 0x100) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
};

/** The number of the highest bit above the lowest segment. */
const segmentOf = (magnitude: number): number => Math.max(0, 31 - Math.clz32(magnitude >> 7));

const encodeU = (sample: number): number => {
  const magnitude = Math.min(Math.abs(sample), U_CLIP) + U_BIAS;
  const segment = segmentOf(magnitude);
  const code = (sample < 0 ? 0x80 : 0) | (segment << 4) | ((magnitude >> (segment + 3)) & 0x0f);
  return ~code & 0xff;
};

const encodeA = (sample: number): number => {
  const magnitude = Math.min(Math.abs(sample), A_CLIP);
  const segment = segmentOf(magnitude);
  const step = magnitude >> (segment === 0 ? 4 : segment + 3);
  return ((sample < 0 ? 0 : 0x80) | (segment << 4) | (step & 0x0f)) ^ 0x55;
};

const tableOf = (decode: (byte: number) => number): Int16Array =>
  Int16Array.from({ length: 256 }, (_, byte) => decode(byte));
const TABLES: Record<G711Law, Int16Array> = { u: tableOf(decodeU), a: tableOf(decodeA) };

export function decodeG711(bytes: Uint8Array, law: G711Law): Int16Array {
  const table = TABLES[law];
  return Int16Array.from(bytes, (byte) => table[byte] ?? 0);
}

export function encodeG711(samples: Int16Array, law: G711Law): Uint8Array {
  return Uint8Array.from(samples, law === 'u' ? encodeU : encodeA);
}
