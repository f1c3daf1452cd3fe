import { requireAdministrator } from '@/lib/server/auth/owner';
import { retryGivenUp } from '@/lib/server/console/trouble/retry-hang-up';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { HangUpAgain, HungUpAgain } from '@/lib/shared/owner/trouble';

/** An administrator has a hang-up tried again that was given up. 200 with whether the connection is gone; repeating is safe. */
export const POST = handle({ perMinute: 30 }, async (request) => {
  const { id } = await requireAdministrator(request);
  const { callId, rtcCallId } = await parseJson(request, HangUpAgain);
  return respond(HungUpAgain, { isGone: await retryGivenUp(callId, rtcCallId, id) });
});
