import { requirePermission, requireUser } from '@/lib/server/auth';
import { handle } from '@/lib/server/http';
import { openCall } from '@/lib/server/open-call';
import { parseJson } from '@/lib/server/parse-json';
import { requireSameOrigin } from '@/lib/server/same-origin';
import { OpenCallRequest } from '@/lib/shared/contract';

/** Opens a call: 201 with all that a browser needs to connect. */
export const POST = handle(async (request) => {
  requireSameOrigin(request);
  const user = await requireUser();
  requirePermission(user, 'voice:connect');
  const input = await parseJson(request, OpenCallRequest);
  return Response.json(await openCall(user, input), { status: 201 });
});
