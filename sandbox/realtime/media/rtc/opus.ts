import { Decoder, Encoder } from '@evan/opus';
import type { Pcm48k } from '../interfaces.ts';

/** Samples in the 20 ms frame that WebRTC carries by default. */
export const FRAME_SAMPLES = 960;

export interface SpeechCodec {
  /** Encodes exactly one 20 ms frame. */
  encode(frame: Pcm48k): Buffer;
  /** Decodes one packet. Returns `null` when it is not valid Opus. */
  decode(packet: Uint8Array): Pcm48k | null;
  free(): void;
}

/** One call's Opus encoder and decoder: mono, 48 kHz, 32 kbit/s with in-band error correction (RFC 7587). */
export function createSpeechCodec(): SpeechCodec {
  const encoder = new Encoder({ channels: 1, sample_rate: 48_000, application: 'voip' });
  encoder.bitrate = 32_000;
  encoder.complexity = 5;
  encoder.inband_fec = true;
  const decoder = new Decoder({ channels: 1, sample_rate: 48_000 });
  return {
    encode: (frame) => Buffer.from(encoder.encode(frame)),
    decode(packet) {
      try {
        const bytes = decoder.decode(packet);
        // The decoder returns a view that may share its buffer and be unaligned: copy it.
        return new Int16Array(bytes.slice().buffer);
      } catch {
        return null;
      }
    },
    free() {
      dropWasm(encoder);
      dropWasm(decoder);
    },
  };
}

/** The wasm build keeps codec state outside the garbage collector and frees it by `drop`; the native build has no such method. */
function dropWasm(codec: object): void {
  if ('drop' in codec && typeof codec.drop === 'function') codec.drop();
}
