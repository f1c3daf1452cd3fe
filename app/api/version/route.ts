import { handle, respond } from '@/lib/server/http/handle';
import { BUILD } from '@/lib/shared/build';
import { Version } from '@/lib/shared/contract';

/** Says which build answers, so that an open page of another one does not let itself be replaced in the middle of a call. */
export const GET = handle({ perMinute: 120 }, async () => respond(Version, { build: BUILD }));
