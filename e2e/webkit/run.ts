import assert from 'node:assert/strict';
import { findNeighbouringPorts } from '../browser/free-ports.ts';
import { PORTS_PER_SITE, siteVariables } from '../browser/sites.ts';
import { startSite } from '../browser/start-site.ts';
import { requirePrograms, runProof } from '../production/run-proof.ts';
import { step } from '../production/step.ts';
import { Driver, findMiniBrowser, WEBKIT_PROGRAMS } from './driver.ts';
import { Visitor } from './visitor.ts';

/** Signed out the page offers this, with everything else behind it. */
const SIGNED_IN = /^(?![\s\S]*Sign in to talk)/;

async function signIn(visitor: Visitor): Promise<void> {
  await visitor.open('/');
  await visitor.sees(/Sign in to talk/);
  await visitor.looksAround();
  await visitor.open('/login?error=AccessDenied');
  await visitor.sees(/This account isn’t allowed on this site\./);
  await visitor.looksAround();
  await visitor.press('Continue as guest');
}

async function readThatItCannotCall(visitor: Visitor): Promise<void> {
  await visitor.sees(SIGNED_IN);
  await visitor.sees(/This browser can’t make calls\./);
  const buttons = await visitor.buttons();
  assert.ok(buttons.includes('Copy the link'), buttons.join(', '));
  assert.ok(!buttons.includes('Talk') && !buttons.includes('Type instead'), buttons.join(', '));
  await visitor.looksAround();
}

/** What a guest without a call may read. */
const PAGES: readonly [path: string, words: RegExp][] = [
  ['/calls', /No calls yet/],
  ['/account', /Your account/],
  ['/privacy', /Who hears you/],
  ['/nowhere', /Start a call/],
];

/**
 * `npm run test:webkit`, after a build: the pages in WebKitGTK, which shares its engine with Safari. It has no WebRTC,
 * so it proves everything but calls. Exits with 1 when a step fails.
 */
async function proveWebKit(): Promise<void> {
  const browser = findMiniBrowser();
  if (browser === undefined) throw new Error('WebKitWebDriver is there, but no MiniBrowser.');
  const port = await findNeighbouringPorts(PORTS_PER_SITE);
  const ports = siteVariables({ port, redisPort: port + 1, realtimePort: port + 2 });
  const site = await startSite({ port, env: ports });
  const driver = await Driver.start(browser);
  try {
    console.log(driver.version);
    const visitor = new Visitor(driver, site.origin);
    await step('the sign-in page fits, says what went wrong, and lets a guest in', () => signIn(visitor));
    await step('the page says that this browser cannot make calls, and offers its link', () =>
      readThatItCannotCall(visitor),
    );
    for (const [path, words] of PAGES) {
      await step(`${path} is shown, fits, and axe finds nothing`, async () => {
        await visitor.open(path);
        await visitor.sees(words);
        await visitor.looksAround();
      });
    }
  } finally {
    await driver.stop();
    await site.stop();
  }
}

if (requirePrograms(WEBKIT_PROGRAMS.map((program) => [program]))) await runProof(proveWebKit);
