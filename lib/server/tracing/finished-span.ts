import 'server-only';
import type { CallId } from '@/lib/shared/ids';

export type Attributes = Record<string, string | number | boolean>;

/** A part of a call that is over. Numbers, ids and closed codes only: no field is for words. */
export interface FinishedSpan {
  callId: CallId;
  name: string;
  /** The one under which all others of the call stand. */
  isRoot?: true;
  /** A request to the provider, whoever sent it. */
  isToProvider?: true;
  /** The same at every report of the same thing; left out, it is random. */
  spanId?: string;
  beganMs: number;
  endedMs: number;
  attributes: Attributes;
  /** A closed code. */
  error?: string;
}

export interface SpanExport {
  add(span: FinishedSpan): void;
  flush(): Promise<void>;
}
