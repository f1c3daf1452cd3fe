import type { BrowserContext, Page, Request } from 'playwright/test';
import { secretsOfTheRun } from '../secrets.ts';

/** Runs in the page: reports what the content security policy stopped, which the browser does not always log. */
function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
    console.error(`Content security policy: ${violatedDirective} stopped ${blockedURI} of ${sourceFile}`);
  });
}

/** Built files that this worker has searched: their names hold a hash of what is in them. */
const searchedFiles = new Set<string>();

/** Returns whether an address is that of a built file that was searched before. */
function isKnownFile(url: string): boolean {
  const path = /\/_next\/static\/.*/.exec(url)?.[0];
  if (path === undefined) return false;
  const isKnown = searchedFiles.has(path);
  searchedFiles.add(path);
  return isKnown;
}

/** Returns which secrets are in the response to a request. */
async function searchResponse(
  request: Request,
  secrets: ReturnType<typeof secretsOfTheRun>,
): Promise<string[]> {
  const response = await request.response();
  if (response === null) return [];
  // A redirect has no body, and a page that is closed takes its bodies along.
  const body = await response.text().catch(() => '');
  const text = `${body}\n${JSON.stringify(response.headers())}`;
  return secrets.flatMap(([name, value]) =>
    text.includes(value) ? [`${name} leaked in ${response.url()}`] : [],
  );
}

/** What React says, on the console or as an uncaught error, when a document is left before the server has sent all of it. */
const CUT_OFF = /^(TypeError: )?network error\b/;

/** Returns whether a page is on its way to another document. */
function watchLeaving(context: BrowserContext): (page: Page | null) => boolean {
  const leaving = new Set<Page>();
  context.on('request', (request) => {
    if (!request.isNavigationRequest() || request.frame().parentFrame() !== null) return;
    const page = request.frame().page();
    leaving.add(page);
    page.once('load', () => leaving.delete(page));
  });
  return (page) => page !== null && leaving.has(page);
}

/**
 * Watches every page of a context. The returned function reports what was wrong: unexpected console errors,
 * uncaught errors, and secrets of the run in a response.
 */
export async function watchContext(
  context: BrowserContext,
  expectedConsoleErrors: readonly RegExp[],
  expectedUncaughtErrors: readonly RegExp[],
): Promise<() => Promise<string[]>> {
  const complaints: string[] = [];
  const secrets = secretsOfTheRun();
  const reading: Promise<void>[] = [];
  await context.addInitScript(reportViolations);
  const isLeaving = watchLeaving(context);
  context.on('console', (message) => {
    const text = message.text();
    if (message.type() !== 'error' || expectedConsoleErrors.some((expected) => expected.test(text))) return;
    if (CUT_OFF.test(text) && isLeaving(message.page())) return;
    complaints.push(`console error: ${text}`);
  });
  context.on('weberror', (error) => {
    const { message } = error.error();
    if (expectedUncaughtErrors.some((expected) => expected.test(message))) return;
    if (CUT_OFF.test(message) && isLeaving(error.page())) return;
    complaints.push(`uncaught: ${message}`);
  });
  // Not at its first byte: one that is cut off by leaving its page may never end, and its body would be awaited for ever.
  context.on('requestfinished', (request) => {
    if (isKnownFile(request.url())) return;
    reading.push(
      searchResponse(request, secrets).then(
        (leaks) => void complaints.push(...leaks),
        () => undefined, // The browser is closed.
      ),
    );
  });
  return async () => {
    await Promise.allSettled(reading);
    return complaints;
  };
}
