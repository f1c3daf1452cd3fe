import { requireCaller } from '@/lib/server/auth/caller';
import { explainTo } from '@/lib/server/auth/owner';
import { requirePermission } from '@/lib/server/auth/require-user';
import { resumeCall } from '@/lib/server/calls/resume-call';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { visitedOrigin } from '@/lib/server/http/same-origin';
import { auditRefusal } from '@/lib/server/records/audit';
import { requireCallId } from '@/lib/server/records/stored-call';
import { CallTicket, ResumeRequest } from '@/lib/shared/contract';

/** Gives a call whose connection dropped another one, within the seconds that it has left. 201 with a new ticket. */
export const POST = handle<RouteContext<'/api/voice/calls/[callId]/resume'>>(
  { perMinute: 20 },
  async (request, { params }) => {
    const user = await requireCaller(request);
    requirePermission(user, 'voice:connect');
    const { callId } = await params;
    await parseJson(request, ResumeRequest);
    const ticket = await resumeCall(user, requireCallId(callId), visitedOrigin(request))
      .catch(auditRefusal(user.id))
      .catch(explainTo(user));
    return respond(CallTicket, ticket, { status: 201 });
  },
);
