import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { recordKeys } from '@/lib/server/records/record-keys';
import { getRedis } from '@/lib/server/store/redis';
import { CallId } from '@/lib/shared/ids';
import { KeptEntry } from '@/lib/shared/kept-transcript';

const Entries = z.array(KeptEntry).min(1);
const Conversation = z.object({ callId: CallId, entries: Entries });
/** An export of `/account`, or its `entries` alone. */
const File = z.union([
  z.object({ conversations: z.array(Conversation) }),
  z.object({ entries: Entries }),
  Entries,
]);

/** Returns the kept conversation of an export: the one of the call, or the latest. Throws when there is none. */
async function readExport(path: string, callId: string | undefined): Promise<KeptEntry[]> {
  const parsed = File.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!parsed.success) throw new Error(`${path} is neither the export of an account nor a conversation.`);
  const file = parsed.data;
  if (Array.isArray(file)) return file;
  if ('entries' in file) return file.entries;
  const found =
    callId === undefined ? file.conversations[0] : file.conversations.find((one) => one.callId === callId);
  if (found === undefined)
    throw new Error(`${path} holds no conversation${callId ? ` of ${callId}` : ''} that was kept.`);
  return found.entries;
}

/** Returns the kept conversation of a call from the site's database, whoever kept it. */
async function readStored(callId: string): Promise<KeptEntry[]> {
  const stored = await getRedis().get(recordKeys.transcript(CallId.parse(callId)));
  const parsed = z.object({ entries: Entries }).safeParse(stored);
  if (!parsed.success)
    throw new Error(`Nobody has kept the conversation of ${callId}, or it is deleted by now.`);
  return parsed.data.entries;
}

/**
 * Returns a kept conversation: from the file of an export of `/account`, or by the id of a call from the database that the
 * settings of this folder name. Throws when there is none.
 */
export const readKept = (source: string, callId: string | undefined): Promise<KeptEntry[]> =>
  existsSync(source) ? readExport(source, callId) : readStored(source);
