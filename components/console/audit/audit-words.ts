import { lengthText } from '@/components/time-words';

const EVENTS: Record<string, string> = {
  sign_in: 'Signed in',
  call_opened: 'Opened a call',
  call_refused: 'Was refused a call',
  call_ended: 'A call ended',
  call_corrected: 'A call was charged for longer',
  call_reaped: 'An overdue call was ended',
  call_hung_up: 'Hung up somebody’s call',
  calls_paused: 'Paused new calls',
  calls_resumed: 'Resumed calls',
  hang_up_failed: 'A hang-up failed',
  hang_up_given_up: 'A hang-up was given up',
  hang_up_retried: 'Tried a hang-up again',
  person_blocked: 'Blocked a person',
  person_unblocked: 'Unblocked a person',
  network_blocked: 'Blocked a network',
  network_unblocked: 'Unblocked a network',
  data_exported: 'Exported their data',
  data_deleted: 'Deleted their data',
};

/** Says what an entry is about. One of a newer version is called by its name. */
export const eventText = (event: string): string => EVENTS[event] ?? event.replaceAll('_', ' ');

/** Shown in another way, or of use in the log alone. */
const NOT_SHOWN = new Set(['requestId', 'who']);

function detailText(name: string, value: string): string {
  if (name === 'seconds') return lengthText(Number(value));
  if (name === 'estimatedUsd') return `about $${Number(value).toFixed(2)}`;
  if (name === 'ok') return value === 'true' || value === '1' ? 'it worked' : 'it failed';
  return value;
}

/** Returns the details of an entry in words, such as "2 min 14 s". */
export const detailsText = (details: Readonly<Record<string, string>>): string =>
  Object.entries(details)
    .filter(([name]) => !NOT_SHOWN.has(name))
    .map(([name, value]) => detailText(name, value))
    .join(', ');
