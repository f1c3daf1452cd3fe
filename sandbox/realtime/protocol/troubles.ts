import type { EchoPath } from '../media/interfaces.ts';
import type { Reply } from '../mind/interfaces.ts';

/** The troubles that were ordered for calls. Asking for one uses it up where it was ordered a number of times. */
export interface Troubles {
  /** A failure instead of a response. */
  response(): { code: string; message: string } | null;
  transcription(): boolean;
  /** How long a response waits before its first output. */
  waitMs(): number;
  /** What a model that errs says and calls instead of this. */
  mistaken(reply: Reply): Reply;
  /** An error event without an id. */
  namelessError(): boolean;
  /** After the first turn, connectivity checks that nominate nothing get no answer. */
  refusedChecks(): boolean;
  echo(): EchoPath | null;
}

export const NO_TROUBLES: Troubles = {
  response: () => null,
  transcription: () => false,
  waitMs: () => 0,
  mistaken: (reply) => reply,
  namelessError: () => false,
  refusedChecks: () => false,
  echo: () => null,
};
