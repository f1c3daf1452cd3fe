import { asFields } from '@/lib/client/state/as-fields';
import { BUILD } from '@/lib/shared/build';

const ANSWER_WITHIN_MS = 5_000;

/**
 * Returns whether the site can be reached, and runs the build of this page. Next answers a refresh that fails, or that
 * meets another build, by loading the whole page, and with the page goes its call: so it is asked before each refresh.
 */
export async function isSameBuild(): Promise<boolean> {
  try {
    const response = await fetch('/api/version', { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    return response.ok && asFields(await response.json()).build === BUILD;
  } catch {
    return false;
  }
}
