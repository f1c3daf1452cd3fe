/**
 * Measures endurance of the sandbox: `jiti bench/soak/run.ts [calls]` holds 50 calls in a row and five at once. Exits
 * with 1 if memory grows by more than a tenth after the fifth call, a call gets no reply, the agent's voice has a hole,
 * or the sandbox does not end cleanly.
 */
import { readFile } from 'node:fs/promises';
import { type Sandbox, startSandbox } from '@parley/realtime-sandbox';
import { Api } from '@parley/realtime-sandbox/contract/api';
import { CallPage } from '@parley/realtime-sandbox/contract/call-page';
import { INSTRUCTIONS } from '@parley/realtime-sandbox/contract/find-slots';
import { type Pages, servePages } from '@parley/realtime-sandbox/contract/serve-pages';
import type { Browser } from 'playwright';
import { launchBrowser, median, print } from '../browser.ts';
import { holesWhileSpeaking, watchHoles } from '../received-audio.ts';

const HOLE_MS = 60;
const AT_ONCE = 5;
const WARM_AFTER = 5;
const MOST_GROWTH = 1.1;
/** The memory after a call is the median over this many readings on each side. */
const BESIDE = 2;
const API_KEY = 'sk-bench-soak-of-the-sandbox';
const calls = Number(process.argv[2] ?? 50);
const failures: string[] = [];

const sandbox = await startSandbox(API_KEY);
const api = new Api({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, isLive: false, maySpend: true });
const pages = await servePages();
const browser = await launchBrowser();
try {
  await inARow(browser, pages, sandbox);
  await atOnce(browser, pages);
} finally {
  await browser.close();
  await pages.close();
  const code = await sandbox.stop();
  print('exit code of the sandbox', code ?? -1);
  if (code !== 0) failures.push('The sandbox did not end cleanly.');
}
for (const failure of failures) console.error(failure);
process.exitCode = failures.length > 0 ? 1 : 0;

async function inARow(browser: Browser, pages: Pages, sandbox: Sandbox): Promise<void> {
  const megabytes: number[] = [];
  let allHoles = 0;
  for (let count = 1; count <= calls; count++) {
    const { call, holes } = await converse(browser, pages);
    allHoles += holes;
    if (holes > 0) failures.push(`Call ${count} had ${holes} holes.`);
    await api.hangUp(call.callId);
    await call.page.close();
    megabytes.push(await residentMegabytes(sandbox));
    if (count % WARM_AFTER === 0) print(`memory after call ${count}, MB`, megabytes.at(-1) ?? Number.NaN);
  }
  print(`holes over ${HOLE_MS} ms in calls in a row`, allHoles);
  const warm = around(megabytes, WARM_AFTER);
  const last = around(megabytes, calls - BESIDE);
  print(`growth of memory from call ${WARM_AFTER} to call ${calls}, %`, 100 * (last / warm - 1));
  if (last > warm * MOST_GROWTH) failures.push(`Memory grew from ${warm} to ${last} MB.`);
}

/** Returns the median around a call: garbage varies by some 30 MB, so one reading means little. */
function around(megabytes: readonly number[], call: number): number {
  return median(megabytes.slice(Math.max(0, call - 1 - BESIDE), call + BESIDE));
}

async function atOnce(browser: Browser, pages: Pages): Promise<void> {
  const tried = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => converse(browser, pages)));
  const held = tried.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  for (const one of tried) if (one.status === 'rejected') failures.push(`At once: ${one.reason}`);
  const holes = held.reduce((sum, { holes }) => sum + holes, 0);
  print(`of ${AT_ONCE} calls at once, with a reply`, held.length);
  print(`holes over ${HOLE_MS} ms in calls at once`, holes);
  if (holes > 0) failures.push(`Calls at once had ${holes} holes.`);
  for (const { call } of held) await api.hangUp(call.callId);
}

/** Holds a call with one voice turn and its spoken reply. Rejects when none comes. */
async function converse(browser: Browser, pages: Pages): Promise<{ call: CallPage; holes: number }> {
  const call = await CallPage.open(await browser.newPage(), pages.url('bare'));
  const secret = await api.mint({
    type: 'realtime',
    instructions: INSTRUCTIONS,
    audio: { input: { transcription: { model: 'gpt-realtime-whisper' } } },
  });
  await call.connect({ callsUrl: api.callsUrl, secret, toolOutput: '' });
  await watchHoles(call.page);
  await call.next('session.created');
  await call.say('goodbye');
  await call.next('output_audio_buffer.started');
  await call.next('output_audio_buffer.stopped');
  const holes = await holesWhileSpeaking(call.page, HOLE_MS);
  for (const { ms } of holes) print('a hole, ms', ms);
  return { call, holes: holes.length };
}

/** Returns resident memory as Linux counts it; elsewhere it is not measured. */
async function residentMegabytes({ process: { pid } }: Sandbox): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}
