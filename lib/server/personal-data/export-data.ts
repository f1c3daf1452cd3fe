import 'server-only';
import type { User } from '@/lib/server/auth/user';
import { getAllowance } from '@/lib/server/money/allowance';
import { audit } from '@/lib/server/records/audit';
import { listPastCalls } from '@/lib/server/records/call-history';
import { listTranscripts } from '@/lib/server/records/kept-transcripts';
import type { PersonalData } from '@/lib/shared/personal-data';

/** Returns what the business stores about a user, in the form in which they should read it. */
type ReadBusinessData = (user: User) => Promise<Record<string, unknown>>;

/** Returns everything that this site stores about the user. Throws `store_unavailable`. */
export async function exportData(user: User, readBusinessData: ReadBusinessData): Promise<PersonalData> {
  const { id, name, role } = user;
  const [allowance, calls, conversations, business] = await Promise.all([
    getAllowance(user),
    listPastCalls(id),
    listTranscripts(id),
    readBusinessData(user),
  ]);
  audit({ event: 'data_exported', userId: id });
  return {
    exportedAt: new Date().toISOString(),
    user: { id, name, role },
    allowance,
    calls: calls.map(({ callId, agent, startedAtMs, reason, seconds, done }) => {
      const startedAt = new Date(startedAtMs).toISOString();
      return { callId, agent, startedAt, reason, seconds, done };
    }),
    conversations,
    business,
  };
}
