import { auditRefusal } from '@/lib/server/audit';
import { requirePermission } from '@/lib/server/auth';
import { requireCaller } from '@/lib/server/caller';
import { requestKeyOf } from '@/lib/server/connect-mode';
import { handle } from '@/lib/server/http';
import { openCall } from '@/lib/server/open-call';
import { parseJson } from '@/lib/server/parse-json';
import { visitedOrigin } from '@/lib/server/same-origin';
import { OpenCallRequest } from '@/lib/shared/contract';

/** Opens a call: 201 with all that a browser needs to connect. */
export const POST = handle(async (request) => {
  const user = await requireCaller(request);
  requirePermission(user, 'voice:connect');
  const input = await parseJson(request, OpenCallRequest);
  const context = { origin: visitedOrigin(request), requestKey: requestKeyOf(request.headers) };
  const ticket = await openCall(user, input, context).catch(auditRefusal(user.id));
  return Response.json(ticket, { status: 201 });
});
