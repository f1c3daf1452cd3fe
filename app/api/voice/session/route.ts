import { requireCaller } from '@/lib/server/auth/caller';
import { readRequestKey } from '@/lib/server/auth/connect-mode';
import { explainTo } from '@/lib/server/auth/owner';
import { requirePermission } from '@/lib/server/auth/require-user';
import { openCall } from '@/lib/server/calls/open-call';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { visitedOrigin } from '@/lib/server/http/same-origin';
import { auditRefusal } from '@/lib/server/records/audit';
import { CallTicket, OpenCallRequest } from '@/lib/shared/contract';

/** Opens a call. 201 with everything that a browser needs to connect. */
export const POST = handle({ perMinute: 20 }, async (request) => {
  const user = await requireCaller(request);
  requirePermission(user, 'voice:connect');
  const input = await parseJson(request, OpenCallRequest);
  const context = { origin: visitedOrigin(request), requestKey: readRequestKey(request.headers) };
  const ticket = await openCall(user, input, context).catch(auditRefusal(user.id)).catch(explainTo(user));
  return respond(CallTicket, ticket, { status: 201 });
});
