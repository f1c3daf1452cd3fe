import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser, Page } from 'playwright';
import type { Send } from '../../../sandbox/runner/services/guest-session.ts';
import {
  AUDIBLE_RMS,
  installPageRecorder,
  type PageRecording,
  readPageRecording,
} from '../../browser/page-recorder.ts';
import { endGuestCall, postAs } from '../guest-call.ts';
import { untilAnswerPlays, untilSpeaking } from './listening.ts';
import { memberCookie, Owner } from './owner.ts';
import { Visitor } from './pages.ts';
import { type Fleet, SITE } from './site.ts';

const PAUSED_WITHIN_MS = 1000;
/** So soon it is silent, and the page says that the call has ended. */
const SILENT_WITHIN_MS = 2000;
const GIVE_UP_MS = 10_000;
/** Between two strangers who try to call at one process. */
const EVERY_MS = 50;
/** A question whose answer takes the agent many seconds. */
const LONG_QUESTION = 'What can you do?';
/** What a browser says when the site refuses to resume the call. */
const CALL_IS_OVER = /409.*\/resume$/;
/** Less than the pause between two sentences does not count as silence. */
const SPEAKING_WITHIN_MS = 1500;

/** Returns what sends to one process whatever is meant for the site. Each request comes from another address. */
function sendTo(port: number): Send {
  let count = 0;
  return (url, init) => {
    count += 1;
    const headers = { ...init.headers, 'x-real-ip': `198.18.${port % 256}.${count % 256}` };
    return fetch(`http://127.0.0.1:${port}${new URL(url).pathname}`, { ...init, headers });
  };
}

/** A stranger tries to open a call, and ends it. Returns the code of the refusal, or `null`. */
async function tryToCall(fleet: Fleet, send: Send): Promise<string | null> {
  const cookie = await memberCookie(fleet);
  const response = await postAs(cookie, `${SITE}/api/voice/session`, {}, send);
  const answer = await response.json();
  if (response.status !== 201) return answer.error.code;
  await endGuestCall(SITE, { callId: answer.callId, cookie }, send);
  return null;
}

/** Strangers call at one process until one reads `code`; `null`: until one gets through. Returns when that was. */
async function untilAnswered(fleet: Fleet, send: Send, code: string | null): Promise<number> {
  const giveUp = AbortSignal.timeout(GIVE_UP_MS);
  while ((await tryToCall(fleet, send)) !== code) {
    giveUp.throwIfAborted();
    await wait(EVERY_MS);
  }
  return Date.now();
}

/** While strangers call at every process, the owner pauses new calls: a second later none of the processes lets one begin. */
async function pauseEverywhere(fleet: Fleet, owner: Owner): Promise<void> {
  const senders = fleet.ports.map(sendTo);
  for (const send of senders) assert.equal(await tryToCall(fleet, send), null);
  const answered = (code: string | null) =>
    Promise.all(senders.map((send) => untilAnswered(fleet, send, code)));

  const pausing = answered('site_paused');
  const pause = await owner.act('Pause new calls', 'Pause');
  const waits = (await pausing).map((atMs) => atMs - pause.answeredAtMs);
  await pause.done;
  console.log(`  paused after ${waits.join(', ')} ms at the three processes`);
  assert.ok(Math.max(...waits) < PAUSED_WITHIN_MS, 'A call began too late after the pause.');
  for (const send of senders) assert.equal(await tryToCall(fleet, send), 'site_paused');

  const resume = await owner.act('Resume calls', 'Resume');
  await answered(null);
  await resume.done;
}

/** The levels by the clock of this machine. */
async function readRecording(page: Page): Promise<PageRecording & { originMs: number }> {
  const recording = await readPageRecording(page);
  return { ...recording, originMs: await page.evaluate(() => performance.timeOrigin) };
}

/** Somebody listens to a long answer while the owner hangs up: two seconds later it is silent, and the page says why. */
async function silence(owner: Owner, browser: Browser): Promise<void> {
  // The console may still list a stranger of before.
  await owner.page.getByText('Nobody is in a call.').waitFor();
  const visitor = await Visitor.arrive(browser, installPageRecorder);
  await visitor.call();
  await owner.page.getByRole('button', { name: /^Hang up/ }).waitFor();
  await visitor.write(LONG_QUESTION);
  await untilAnswerPlays(visitor.page);
  await untilSpeaking(visitor.page);

  const hangUp = await owner.act('Hang up', 'Hang up now');
  const { answeredAtMs } = hangUp;
  await visitor.page.getByText('Call ended').first().waitFor();
  const endedMs = Date.now() - answeredAtMs;
  await hangUp.done;
  await wait(Math.max(0, answeredAtMs + SILENT_WITHIN_MS + SPEAKING_WITHIN_MS - Date.now()));

  const { levels, events, originMs } = await readRecording(visitor.page);
  const audible = levels
    .filter(({ rms }) => rms > AUDIBLE_RMS)
    .map(({ atMs }) => originMs + atMs - answeredAtMs);
  const silentMs = Math.max(...audible);
  const lastOfSound = events.findLast(({ type }) => type.startsWith('output_audio_buffer.'));
  console.log(`  silent after ${Math.round(silentMs)} ms; the page says so after ${endedMs} ms`);
  assert.ok(silentMs > -SPEAKING_WITHIN_MS, 'The agent was not speaking when the owner hung up.');
  assert.equal(lastOfSound?.type, 'output_audio_buffer.started', 'The agent had said everything.');
  assert.ok(silentMs < SILENT_WITHIN_MS, `The agent was heard for ${silentMs} ms.`);
  assert.ok(endedMs < SILENT_WITHIN_MS, `The page said so after ${endedMs} ms.`);
  await visitor.leave(CALL_IS_OVER);
}

/** The owner stops what goes on, from the console in a browser: measured from the answer to its question. */
export async function stopEverything(fleet: Fleet, browser: Browser): Promise<void> {
  const owner = await Owner.arrive(browser, fleet);
  await pauseEverywhere(fleet, owner);
  await silence(owner, browser);
  await owner.leave();
}
