/** Reads a mono 16-bit WAV file, whatever other chunks it carries. */
export function readWav(bytes: Uint8Array): { samples: Float32Array<ArrayBuffer>; sampleRate: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isChunk = (at: number, name: string) =>
    Buffer.from(bytes.subarray(at, at + 4)).toString('latin1') === name;
  let sampleRate = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    if (isChunk(at, 'fmt ')) sampleRate = view.getUint32(at + 12, true);
    if (isChunk(at, 'data')) {
      const count = Math.min(size, bytes.length - at - 8) >> 1;
      const samples = Float32Array.from(
        { length: count },
        (_, index) => view.getInt16(at + 8 + 2 * index, true) / 32_768,
      );
      return { samples, sampleRate };
    }
    at += 8 + size + (size & 1);
  }
  throw new Error('This is not a WAV file.');
}

export function writeWav(samples: Float32Array, sampleRate: number): Buffer {
  const headerBytes = 44;
  const bytes = Buffer.alloc(headerBytes + 2 * samples.length);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(2 * sampleRate, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * samples.length, 40);
  for (const [index, sample] of samples.entries()) {
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), headerBytes + 2 * index);
  }
  return bytes;
}
