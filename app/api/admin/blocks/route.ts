import { requireAdministrator } from '@/lib/server/auth/owner';
import { block, unblock } from '@/lib/server/console/blocks/blocks';
import { handle, respond } from '@/lib/server/http/handle';
import { parseJson } from '@/lib/server/http/parse-json';
import { BlockChoice, Blocked, NewBlock } from '@/lib/shared/owner/blocks';

/** An administrator lets a person or a network begin no more calls. 200; repeated, the terms of the last request count. */
export const POST = handle({ perMinute: 30 }, async (request) => {
  const { id: admin } = await requireAdministrator(request);
  const wanted = await parseJson(request, NewBlock);
  return respond(Blocked, { id: await block(wanted, admin, Date.now()) });
});

/** Ends a block. 200, the same each time. */
export const DELETE = handle({ perMinute: 30 }, async (request) => {
  const { id: admin } = await requireAdministrator(request);
  const { id } = await parseJson(request, BlockChoice);
  await unblock(id, admin);
  return respond(Blocked, { id });
});
