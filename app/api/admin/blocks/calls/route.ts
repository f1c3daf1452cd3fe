import { requireAdministrator } from '@/lib/server/auth/owner';
import { endCallsOf } from '@/lib/server/console/blocks/end-calls';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { BlockChoice, EndedCalls } from '@/lib/shared/owner/blocks';

/** An administrator hangs up the calls of somebody who is blocked. 200 with how many; repeated, those that are left. */
export const POST = handle({ perMinute: 12 }, async (request) => {
  const { id: admin } = await requireAdministrator(request);
  const { id } = await parseJson(request, BlockChoice);
  return respond(EndedCalls, await endCallsOf(id, admin));
});
