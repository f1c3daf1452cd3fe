import 'server-only';
import { keyedHash } from '@/lib/server/platform/keyed-hash';
import type { UserId } from '@/lib/shared/ids';

/**
 * The `OpenAI-Safety-Identifier` of a person: lets the provider tell repeat offenders apart
 * without learning who they are.
 */
export const safetyIdentifier = (userId: UserId): string => keyedHash('safety-identifier', userId);
