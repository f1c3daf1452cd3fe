import 'server-only';
import { SPEND_RANGES, type SpendRange } from '@/lib/shared/owner/spend';

/** Returns the range that an address asks for, or that of 30 days. */
export const readRange = (days: unknown): SpendRange =>
  SPEND_RANGES.find((range) => String(range) === days) ?? 30;
