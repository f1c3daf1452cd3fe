import 'server-only';
import { keyedHash } from '@/lib/server/platform/keyed-hash';

/**
 * The `OpenAI-Safety-Identifier` of a person: lets the provider tell repeat offenders apart
 * without learning who they are.
 */
export const safetyIdentifier = (userId: string): string => keyedHash('safety-identifier', userId);
