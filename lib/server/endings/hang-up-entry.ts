import 'server-only';
import { z } from 'zod';
import { CallId, RtcCallId } from '@/lib/shared/ids';

/**
 * A connection in the queue, with its call. `SETTLE` and `CONNECT` write the same form. `gone` and `gone again`: the
 * provider answered once or twice that it does not know the connection, which it also does before it knows a new one.
 */
type Known = 'gone' | 'gone again' | undefined;

export const hangUpEntry = (callId: CallId, rtcCallId: RtcCallId, known?: Known): string =>
  [callId, rtcCallId, ...(known ? [known] : [])].join('/');
export const HangUpEntry = z.tuple([CallId, RtcCallId, z.enum(['gone', 'gone again']).optional()]);
