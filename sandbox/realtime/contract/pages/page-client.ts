import { say } from './microphone.ts';

/** One way to hold a call from a browser, the same for every client. */
export interface WireClient {
  /** @throws when the call cannot be opened; with the server's words where the client has them */
  connect(options: ConnectOptions): Promise<{ callId: string | null }>;
  /** Sends an event as it is. */
  send(event: object): void;
  /** A typed message that requests a response. */
  type(text: string): void;
  /** Whether the client itself considers the call connected. */
  isOpen(): boolean;
  close(): void;
}

export interface ConnectOptions {
  callsUrl: string;
  secret: string;
  /** The tool's output. */
  toolOutput: string;
  /** For the bare client only. */
  listenOnly?: boolean;
  withoutChannel?: boolean;
}

/** The interface that the tests use in the page. */
export type PageClient = WireClient & { say(url: string): Promise<void> };

export function offer(client: WireClient): void {
  const pageClient: PageClient = Object.assign(client, { say });
  Object.assign(window, { client: pageClient });
}

/** Plays the received audio, as an app would. */
export function play(stream: MediaStream): void {
  const audio = new Audio();
  audio.srcObject = stream;
  void audio.play();
}

export const typedMessage = (text: string): object[] => [
  {
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  },
  { type: 'response.create' },
];
