/** Below this a room is silent; at the upper end somebody speaks up close. */
const QUIET_DB = -60;
const LOUD_DB = -12;

/** The effective amplitude of samples, 0…1. */
export function measureAmplitude(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** An amplitude on the ear's scale: 0 is a silent room, 1 is loud speech. */
export function toLoudness(amplitude: number): number {
  if (amplitude <= 0) return 0;
  const db = 20 * Math.log10(amplitude);
  return Math.min(1, Math.max(0, (db - QUIET_DB) / (LOUD_DB - QUIET_DB)));
}

/** Measures a stream without playing it. The returned function answers the amplitude of the last 43 ms. */
export function createMeter(context: AudioContext, stream: MediaStream): () => number {
  const analyser = context.createAnalyser();
  analyser.fftSize = 2048;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return () => {
    analyser.getFloatTimeDomainData(samples);
    return measureAmplitude(samples);
  };
}
