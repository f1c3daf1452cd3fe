/** What the page's microphone is driven with. */
export interface PageMicrophone {
  /** Plays a WAV file, given as base64. Resolves when its last sample has been heard. */
  play(wav: string): Promise<void>;
}

declare global {
  interface Window {
    sandboxMicrophone?: PageMicrophone;
  }
}

/**
 * Runs in the page, before its own scripts: gives it a microphone that is quiet until it is spoken into. It works in
 * every browser, and says as many sentences as a test wants, which Chromium's fake device does not. Uses nothing from
 * outside: a test runner sends its source into the page.
 */
export function installMicrophone(): void {
  if (!navigator.mediaDevices) return;
  let opened: { context: AudioContext; output: MediaStreamAudioDestinationNode } | null = null;
  const open = () => {
    if (opened) return opened;
    const context = new AudioContext({ sampleRate: 48_000 });
    const output = context.createMediaStreamDestination();
    // A node without input would stop the stream; a real microphone keeps sending in a quiet room.
    const quiet = new ConstantSourceNode(context, { offset: 0 });
    quiet.connect(output);
    quiet.start();
    opened = { context, output };
    return opened;
  };
  const original = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    if (!constraints?.audio || constraints.video) return original(constraints);
    const { context, output } = open();
    await context.resume();
    // Each caller may stop its own track.
    return output.stream.clone();
  };
  window.sandboxMicrophone = {
    async play(wav) {
      const { context, output } = open();
      const bytes = Uint8Array.from(atob(wav), (letter) => letter.charCodeAt(0));
      const source = new AudioBufferSourceNode(context, {
        buffer: await context.decodeAudioData(bytes.buffer),
      });
      source.connect(output);
      await new Promise<void>((resolve) => {
        source.onended = () => resolve();
        source.start();
      });
    },
  };
}
