import 'server-only';
import { z } from 'zod';
import { findService, SERVICE_NAMES, type Service } from '@/business/shop/services';
import { listInWords } from '@/business/shop/words/in-words';
import { fail } from '@/lib/server/agents/outcome';
import type { ToolFailure } from '@/lib/shared/contract';

/** A service as an argument. The model sees the names; other words for them work too. */
export const saidService = z
  .string()
  .max(60)
  .meta({ enum: [...SERVICE_NAMES] });

export function parseService(said: string): { ok: true; service: Service } | ToolFailure {
  const service = findService(said);
  if (service !== null) return { ok: true, service };
  const names = listInWords(SERVICE_NAMES.map((name) => `a ${name}`));
  return fail('unknown_service', `I am not sure which service you mean. We do ${names}.`);
}
