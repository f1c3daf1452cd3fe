// Tested in blocks.test.
import 'server-only';
import type { z } from 'zod';
import { BLOCK } from '@/lib/server/console/blocks/block-scripts';
import { findNetwork } from '@/lib/server/console/console-state';
import { nameNetwork } from '@/lib/server/http/client-network';
import { gateBooks } from '@/lib/server/money/gate';
import { AppError } from '@/lib/server/platform/app-error';
import { audit, auditName } from '@/lib/server/records/audit';
import { getRedis } from '@/lib/server/store/redis';
import { fromStore, runScript } from '@/lib/server/store/run-script';
import { storeKeys } from '@/lib/server/store/store-keys';
import type { CallId, UserId } from '@/lib/shared/ids';
import { Block, type NewBlock } from '@/lib/shared/owner/blocks';

/** The list is read as a whole. A site under attack closes to guests, or pauses. */
const MOST_BLOCKS = 500;
const DAY_MS = 24 * 3600 * 1000;

const Stored = Block.omit({ id: true });

const refuse = (message: string) => new AppError('bad_request', { message });

/** Returns the network of the guest in a call, the narrowest. Throws `bad_request` if none is known. */
async function networkOf(callId: CallId): Promise<string> {
  const queued = await fromStore(getRedis().hget(storeKeys.call(callId), 'queued'));
  const network = findNetwork(String(queued ?? ''));
  if (!network) throw refuse('The network of this caller is not known. Only guests are counted by network.');
  return network;
}

/** Returns what is to be blocked, and what the owner calls it. Throws `bad_request`. */
async function toTarget(wanted: z.output<typeof NewBlock>, admin: UserId) {
  switch (wanted.kind) {
    case 'person':
      if (wanted.who === auditName(admin)) throw refuse('This is you. Nobody can block themselves.');
      return { id: `person ${wanted.who}`, label: wanted.who };
    case 'network': {
      const network = nameNetwork(wanted.address);
      if (!network) {
        throw refuse('Write an IPv4 address, or an IPv6 address or its prefix with /64, /56 or /48.');
      }
      return { id: `network ${network.name}`, label: network.label };
    }
    case 'network_of':
      return {
        id: `network ${await networkOf(wanted.callId)}`,
        label: `the network of call ${wanted.callId}`,
      };
  }
}

/** The person's name, or a part of the network's: enough to find it again. */
const nameIn = (id: string) => id.split(' ')[1]?.slice(0, 16) ?? '';
const kindOf = (id: string) => (id.startsWith('person ') ? 'person' : 'network');

/**
 * Lets a person or a network begin no more calls, at once and on every process; calls that go on are left alone. Blocking again
 * replaces the terms. Returns its id. Throws `bad_request` or `store_unavailable`.
 */
export async function block(
  wanted: z.output<typeof NewBlock>,
  admin: UserId,
  nowMs: number,
): Promise<string> {
  const { id, label } = await toTarget(wanted, admin);
  const untilMs = wanted.days === null ? null : nowMs + wanted.days * DAY_MS;
  const stored = { label, note: wanted.note, by: auditName(admin), sinceMs: nowMs, untilMs };
  const outcome = await runScript(
    BLOCK,
    { blocks: storeKeys.blocks, books: gateBooks(nowMs) },
    { id, blockJson: JSON.stringify({ ...stored, untilMs: untilMs ?? 0 }), nowMs, most: MOST_BLOCKS },
  );
  if (outcome === 'full') throw refuse(`There are ${MOST_BLOCKS} blocks. End one first.`);
  audit({ event: `${kindOf(id)}_blocked`, userId: admin, who: nameIn(id) });
  return id;
}

/** Ends a block, if there is one. Throws `store_unavailable`. */
export async function unblock(id: string, admin: UserId): Promise<void> {
  await fromStore(getRedis().hdel(storeKeys.blocks, id));
  audit({ event: `${kindOf(id)}_unblocked`, userId: admin, who: nameIn(id) });
}

/** Returns the blocks that hold, the latest first. One command. Throws `store_unavailable`. */
export async function listBlocks(nowMs: number): Promise<Block[]> {
  const stored = (await fromStore(getRedis().hgetall<Record<string, unknown>>(storeKeys.blocks))) ?? {};
  return Object.entries(stored)
    .flatMap(([id, fields]) => {
      const found = Stored.safeParse(fields).data;
      return found ? [{ ...found, id, untilMs: found.untilMs || null }] : [];
    })
    .filter(({ untilMs }) => untilMs === null || untilMs > nowMs)
    .toSorted((a, b) => b.sinceMs - a.sinceMs);
}

/** Returns the word by which the open calls of a block are queued. */
export const queueToken = (id: string): string => id.replace(' ', '_');
