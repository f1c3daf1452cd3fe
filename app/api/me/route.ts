import { erasePersonalData } from '@/business/personal-data';
import { requireUser } from '@/lib/server/auth/require-user';
import { handle } from '@/lib/server/http/handle';
import { requireSameOrigin } from '@/lib/server/http/same-origin';
import { eraseData } from '@/lib/server/personal-data/erase-data';

/** Ends the user's open call and deletes everything that is stored about them, for good. 204. */
export const DELETE = handle({ perMinute: 6 }, async (request) => {
  requireSameOrigin(request);
  await eraseData(await requireUser(), erasePersonalData);
  return new Response(null, { status: 204 });
});
