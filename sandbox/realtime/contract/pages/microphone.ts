const context = new AudioContext({ sampleRate: 48_000 });
const destination = context.createMediaStreamDestination();
// A node without input would stop the stream; a real microphone keeps sending in a quiet room.
const quiet = new ConstantSourceNode(context, { offset: 0 });
quiet.connect(destination);
quiet.start();

/** A microphone that plays recordings on request. */
export const microphone: MediaStream = destination.stream;

/** Speaks a recording. Resolves when its last sample has been played. */
export async function say(url: string): Promise<void> {
  const response = await fetch(url);
  const source = context.createBufferSource();
  source.buffer = await context.decodeAudioData(await response.arrayBuffer());
  source.connect(destination);
  await new Promise<void>((resolve) => {
    source.onended = () => resolve();
    source.start();
  });
}
