import { readPersonalData } from '@/business/personal-data';
import { requireUser } from '@/lib/server/auth/require-user';
import { handle, respond } from '@/lib/server/http/handle';
import { requireSameOrigin } from '@/lib/server/http/same-origin';
import { exportData } from '@/lib/server/personal-data/export-data';
import { PersonalData } from '@/lib/shared/personal-data';

/** Everything that is stored about the user, as JSON. 200. A POST, so that no other site's link can ask for it. */
export const POST = handle({ perMinute: 6 }, async (request) => {
  requireSameOrigin(request);
  return respond(PersonalData, await exportData(await requireUser(), readPersonalData));
});
