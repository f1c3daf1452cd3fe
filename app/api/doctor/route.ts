import { requireOwner } from '@/lib/server/auth/owner';
import { examineVisit } from '@/lib/server/doctor/examine';
import { handle, respond } from '@/lib/server/http/handle';
import { Examination } from '@/lib/shared/owner/doctor';

/** For the owner: what is wrong with this site, and what cures it. `?origin=` is what the address bar of the visitor says. */
export const GET = handle({ perMinute: 12 }, async (request) => {
  await requireOwner();
  return respond(Examination, { findings: await examineVisit(request) });
});
