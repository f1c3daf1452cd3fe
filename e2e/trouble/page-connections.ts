import type { Page } from 'playwright/test';

interface PageLines {
  channels: RTCDataChannel[];
  microphones: MediaStream[];
}

/** Remembers what the app opens in this page: data channels and microphones. The app itself is untouched. */
export async function installPageLines(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const lines: PageLines = { channels: [], microphones: [] };
    Object.assign(window, { pageLines: lines });
    const { createDataChannel } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.createDataChannel = function (...args) {
      const channel = createDataChannel.apply(this, args);
      lines.channels.push(channel);
      return channel;
    };
    const devices = navigator.mediaDevices;
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      lines.microphones.push(stream);
      return stream;
    };
  });
}

const inPage = <Result>(page: Page, read: (lines: PageLines) => Result): Promise<Result> =>
  page.evaluate(
    `(${read})(window.pageLines)`, // A function of the test, run in the page.
  ) as Promise<Result>;

/** How many connections the page opened so far. */
export const connectionCount = (page: Page) => inPage(page, ({ channels }) => channels.length);

/** Counts from now on how often the page asks for another connection, also when it gets no answer. */
export function countResumes(page: Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/resume')) count++;
  });
  return () => count;
}

/** Whether each microphone that was opened is still open, and sends. */
export const microphoneStates = (page: Page) =>
  inPage(page, ({ microphones }) =>
    microphones.map((stream) => {
      const [track] = stream.getAudioTracks();
      return { isOpen: track?.readyState === 'live', sends: track?.enabled === true };
    }),
  );

/** The newest microphone is pulled out. */
export const unplugMicrophone = (page: Page) =>
  inPage(page, ({ microphones }) => {
    const [track] = microphones[microphones.length - 1]?.getAudioTracks() ?? [];
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });

/** Shows the page an event of the server that the server never sent. */
export const showServerEvent = (page: Page, event: object) =>
  page.evaluate(
    (data) => {
      const { channels } = (window as unknown as { pageLines: PageLines }).pageLines;
      channels[channels.length - 1]?.dispatchEvent(new MessageEvent('message', { data }));
    },
    JSON.stringify({ event_id: 'event_test', ...event }),
  );
