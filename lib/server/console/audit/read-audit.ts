// Tested in read-audit.test.
import 'server-only';
import { z } from 'zod';
import { defineScript, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { AuditCursor, AuditPage } from '@/lib/shared/owner/audit-entry';

const PAGE = 50;
/** Filtered by person, all of a trail is looked at: no trail keeps more. */
const WHOLE_TRAIL = 12_000;

/**
 * Returns the latest entries of each trail from `ends` on, at most `count` of each. With `who`, those in which the
 * person acts or is spoken of. One command for each trail.
 */
const READ = defineScript({
  keys: ['...trails'],
  args: ['who', 'count', 'wholeTrail', '...ends'],
  reply: z.array(z.array(z.tuple([z.string(), z.array(z.coerce.string())]))),
  lua: `
local pages = {}
for i, trail in ipairs(KEY.trails) do
  local most = ARG.who == '' and ARG.count or ARG.wholeTrail
  local page = {}
  for _, entry in ipairs(redis.call('XREVRANGE', trail, ARG.ends[i], '-', 'COUNT', most)) do
    local isWanted = ARG.who == ''
    for field = 1, #entry[2], 2 do
      local name, value = entry[2][field], entry[2][field + 1]
      isWanted = isWanted or ((name == 'user' or name == 'who') and value == ARG.who)
    end
    if isWanted then table.insert(page, entry) end
    if #page >= tonumber(ARG.count) then break end
  end
  table.insert(pages, page)
end
return pages
`,
});

const TRAILS = [storeKeys.audit, storeKeys.guestAudit, storeKeys.refusalAudit];

/** Ids of streams: milliseconds, then a number for entries of the same millisecond. */
const ID = /^(\d{1,16})-(\d{1,16})$/;
const CURSOR = /^(\d{1,16}-\d{1,16})\.([0-2])$/;

/** Returns the place in an address at which a page begins, or `null` for the latest. */
export const readCursor = (text: unknown): AuditCursor | null =>
  typeof text === 'string' && CURSOR.test(text) ? text : null;

function compareIds(a: string, b: string): number {
  const [, aMs = 0, aCount = 0] = ID.exec(a) ?? [];
  const [, bMs = 0, bCount = 0] = ID.exec(b) ?? [];
  return Number(bMs) - Number(aMs) || Number(bCount) - Number(aCount);
}

/** Two trails may use the same id, so a cursor names the trail as well: those after it have yet to show that id. */
function endsFrom(cursor: AuditCursor | null): string[] {
  const [, id, at = 0] = CURSOR.exec(cursor ?? '') ?? [];
  if (id === undefined) return TRAILS.map(() => '+');
  return TRAILS.map((_, trail) => (trail > Number(at) ? id : `(${id}`));
}

function toFields(list: readonly string[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (let i = 0; i < list.length; i += 2) fields[list[i] ?? ''] = list[i + 1] ?? '';
  return fields;
}

/**
 * Returns a page of the audit trails, the latest first: of everybody, or of the person of this name. Four commands. Throws
 * `store_unavailable`.
 */
export async function readAudit(who: string | null, cursor: AuditCursor | null): Promise<AuditPage> {
  const args = { who: who ?? '', count: PAGE + 1, wholeTrail: WHOLE_TRAIL, ends: endsFrom(cursor) };
  const pages = await runScript(READ, { trails: TRAILS }, args);
  const merged = pages
    .flatMap((page, trail) => page.map(([id, list]) => ({ id, trail, fields: toFields(list) })))
    .toSorted((a, b) => compareIds(a.id, b.id) || a.trail - b.trail);
  const entries = merged.slice(0, PAGE).map(({ id, trail, fields: { event = '', user, ...details } }) => ({
    key: `${id}.${trail}`,
    atMs: Number.parseInt(id, 10),
    event,
    user: user ?? null,
    details,
  }));
  return { entries, older: merged.length > PAGE ? (entries.at(-1)?.key ?? null) : null };
}
