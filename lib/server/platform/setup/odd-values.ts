// Tested in doctor/wrong-starts.test.
import 'server-only';
import type { Variables } from '@/lib/server/platform/env-schema';
import { isOnVercel } from '@/lib/server/platform/setup/host';

/** A value that is allowed and can hardly be meant. */
export type OddCode = 'value_masked' | 'key_unlikely' | 'vercel_elsewhere';

export interface OddValue {
  code: OddCode;
  /** The variables at fault, never their values. */
  names: readonly string[];
}

/** What `vercel env pull` writes for a variable that Vercel does not show. */
const MASK = '[SENSITIVE]';

/** Quotes or spaces that came along when it was copied, or the words of an example. */
const UNLIKELY_KEY = /["'\s<>…]|\.{3}|x{4}|your/i;

/** On Vercel itself, a running function always knows its region. */
const isElsewhere = (v: Variables, region: string | undefined) =>
  isOnVercel(v) && v.NODE_ENV !== 'production' && region === undefined;

type Source = Readonly<Record<string, string | undefined>>;

/** Returns the values that can hardly be meant. */
export function listOddValues(source: Source, v: Variables): OddValue[] {
  const masked = Object.keys(source).filter((name) => source[name]?.trim() === MASK);
  const odd: OddValue[] = masked.length > 0 ? [{ code: 'value_masked', names: masked }] : [];
  const key = v.OPENAI_API_KEY;
  if (key !== undefined && key !== MASK && UNLIKELY_KEY.test(key)) {
    odd.push({ code: 'key_unlikely', names: ['OPENAI_API_KEY'] });
  }
  if (isElsewhere(v, source.VERCEL_REGION)) odd.push({ code: 'vercel_elsewhere', names: ['VERCEL'] });
  return odd;
}
