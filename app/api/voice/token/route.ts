import { issueAccessToken } from '@/lib/server/auth/access-token';
import { requirePermission, requireSignIn } from '@/lib/server/auth/require-user';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { requireSameOrigin } from '@/lib/server/http/same-origin';
import { AccessToken, TokenRequest } from '@/lib/shared/contract';

/** Issues a short-lived access token for a native app, for the sign-in cookie only: a token cannot renew itself. 201. */
export const POST = handle({ perMinute: 10 }, async (request) => {
  requireSameOrigin(request);
  const { user, claims } = await requireSignIn();
  requirePermission(user, 'voice:connect');
  await parseJson(request, TokenRequest);
  return respond(AccessToken, await issueAccessToken(claims), { status: 201 });
});
