import '@/lib/client/page/zod-without-eval';
import { Examination, type Finding } from '@/lib/shared/owner/doctor';

/** Returns what the server finds about itself, seen from the address of this page. `null`: no answer, or no right to it. */
export async function fetchFindings(): Promise<readonly Finding[] | null> {
  try {
    const response = await fetch(`/api/doctor?origin=${encodeURIComponent(location.origin)}`);
    return response.ok ? Examination.parse(await response.json()).findings : null;
  } catch {
    return null;
  }
}
