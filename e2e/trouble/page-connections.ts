import type { Page } from 'playwright/test';

interface OpenedByPage {
  channels: RTCDataChannel[];
  microphones: MediaStream[];
}

/** Records what the app opens in this page, data channels and microphones. The app itself is unchanged. */
export async function installPageConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const opened: OpenedByPage = { channels: [], microphones: [] };
    Object.assign(window, { openedByPage: opened });
    const { createDataChannel } = RTCPeerConnection.prototype;
    RTCPeerConnection.prototype.createDataChannel = function (...args) {
      const channel = createDataChannel.apply(this, args);
      opened.channels.push(channel);
      return channel;
    };
    const devices = navigator.mediaDevices;
    const getUserMedia = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      opened.microphones.push(stream);
      return stream;
    };
  });
}

const inPage = <Result>(page: Page, read: (opened: OpenedByPage) => Result): Promise<Result> =>
  page.evaluate(
    `(${read})(window.openedByPage)`, // A function of the test, run in the page.
  ) as Promise<Result>;

/** Returns how many connections the page has opened so far. */
export const connectionCount = (page: Page) => inPage(page, ({ channels }) => channels.length);

function countRequests(page: Page, address: RegExp): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (address.test(request.url())) count++;
  });
  return () => count;
}

/** Counts from now on how often the page asks for a new connection, with or without a response. */
export const countResumes = (page: Page) => countRequests(page, /\/resume$/);

/** Counts from now on how many offers the page sends after their ticket, to the provider or to our server. */
export const countOffers = (page: Page) => countRequests(page, /\/realtime\/calls$|\/sdp$/);

/** Returns for each microphone that the page opened whether it is still open, and whether it sends. */
export const microphoneStates = (page: Page) =>
  inPage(page, ({ microphones }) =>
    microphones.map((stream) => {
      const [track] = stream.getAudioTracks();
      return { isOpen: track?.readyState === 'live', sends: track?.enabled === true };
    }),
  );

/** Ends the newest microphone's track, as pulling out the device does. */
export const unplugMicrophone = (page: Page) =>
  inPage(page, ({ microphones }) => {
    const [track] = microphones[microphones.length - 1]?.getAudioTracks() ?? [];
    track?.stop();
    track?.dispatchEvent(new Event('ended'));
  });

/** Gives the page a server event that the server never sent. */
export const showServerEvent = (page: Page, event: object) =>
  page.evaluate(
    (data) => {
      const { channels } = (window as unknown as { openedByPage: OpenedByPage }).openedByPage;
      channels[channels.length - 1]?.dispatchEvent(new MessageEvent('message', { data }));
    },
    JSON.stringify({ event_id: 'event_test', ...event }),
  );
