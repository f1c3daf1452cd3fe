import type { Page } from 'playwright/test';

/** The browser asks for the microphone, and the user does not respond. */
export const leaveMicrophoneQuestionOpen = (page: Page) =>
  page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => new Promise(() => undefined);
    const ask = navigator.permissions.query.bind(navigator.permissions);
    navigator.permissions.query = async (descriptor) => {
      const status = await ask(descriptor);
      if ((descriptor.name as string) === 'microphone')
        Object.defineProperty(status, 'state', { value: 'prompt' });
      return status;
    };
  });

/** The user closed the browser's prompt, and the browser may prompt again. */
export const closeMicrophoneQuestion = (page: Page) =>
  page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Closed.', 'NotAllowedError'));
    const ask = navigator.permissions.query.bind(navigator.permissions);
    navigator.permissions.query = async (descriptor) => {
      const status = await ask(descriptor);
      Object.defineProperty(status, 'state', { value: 'prompt' });
      return status;
    };
  });

/** The browser refuses the microphone with this error; `NotAllowedError` as after a remembered refusal. */
export const refuseMicrophone = (page: Page, name: string) =>
  page.addInitScript((errorName) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('Refused.', errorName));
    const ask = navigator.permissions.query.bind(navigator.permissions);
    navigator.permissions.query = async (descriptor) => {
      const status = await ask(descriptor);
      const isBlocked = errorName === 'NotAllowedError';
      if (isBlocked) Object.defineProperty(status, 'state', { value: 'denied' });
      return status;
    };
  }, name);

/** The operating system keeps the microphone from the browser. Chromium says so in the message. */
export const refuseMicrophoneBySystem = (page: Page) =>
  page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException('Permission denied by system', 'NotAllowedError'));
  });

/** An old browser, or one inside an app, has no microphone API. */
export const removeMicrophoneApi = (page: Page) =>
  page.addInitScript(() => {
    Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
  });

/** The browser plays nothing before the user's next tap. */
export const blockPlaybackOnce = (page: Page) =>
  page.addInitScript(() => {
    const play = HTMLMediaElement.prototype.play;
    let blocked = true;
    HTMLMediaElement.prototype.play = function playOrRefuse() {
      if (!blocked) return play.call(this);
      return Promise.reject(new DOMException('A gesture is needed.', 'NotAllowedError'));
    };
    window.addEventListener('pointerdown', () => {
      const isTap = document.querySelector('[role="log"]') !== null;
      if (isTap) blocked = false;
    });
  });

interface HeldByPage {
  microphones: MediaStream[];
  sounds: HTMLAudioElement[];
}

/** Keeps what the page opens and plays, for {@link takeMicrophone} and {@link pauseSound}. */
export const holdSound = (page: Page) =>
  page.addInitScript(() => {
    const held: HeldByPage = { microphones: [], sounds: [] };
    Object.assign(window, { heldByPage: held });
    const Original = window.Audio;
    window.Audio = class extends Original {
      constructor(source?: string) {
        super(source);
        held.sounds.push(this);
      }
    };
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      const stream = await open(constraints);
      held.microphones.push(stream);
      return stream;
    };
  });

/** The system takes the newest microphone, as it does for a phone call, or gives it back. */
export const takeMicrophone = (page: Page, taken = true) =>
  page.evaluate(
    (type) => {
      const { microphones } = (window as unknown as { heldByPage: HeldByPage }).heldByPage;
      for (const track of microphones.at(-1)?.getTracks() ?? []) track.dispatchEvent(new Event(type));
    },
    taken ? 'mute' : 'unmute',
  );

/** The system pauses the agent's voice, as it does for a phone call. */
export const pauseSound = (page: Page) =>
  page.evaluate(() => {
    const { sounds } = (window as unknown as { heldByPage: HeldByPage }).heldByPage;
    for (const sound of sounds) sound.pause();
  });
