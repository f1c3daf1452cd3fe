import '@/lib/client/page/zod-without-eval';
import { Examination, type Finding } from '@/lib/shared/owner/doctor';

/** The checks ask the voice service and the database, and wait for each. */
const LIMIT_MS = 60_000;

/** Returns what the server finds about itself, seen from the address of this page. `null`: no answer, or no right to it. */
export async function fetchFindings(): Promise<readonly Finding[] | null> {
  try {
    const path = `/api/doctor?origin=${encodeURIComponent(location.origin)}`;
    const response = await fetch(path, { signal: AbortSignal.timeout(LIMIT_MS) });
    return response.ok ? Examination.parse(await response.json()).findings : null;
  } catch {
    return null;
  }
}
