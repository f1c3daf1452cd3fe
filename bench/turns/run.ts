/**
 * Measures the latency of a turn in the page: `jiti bench/turns/run.ts [turns]`
 *
 * The end of true speech is the last audible sample of the microphone's own track, the first audio the first audible
 * sample of the received track; both are read every 10 ms by the page's clock.
 */

import { startSandbox } from '@parley/realtime-sandbox';
import { Api } from '@parley/realtime-sandbox/contract/api';
import { CallPage } from '@parley/realtime-sandbox/contract/call-page';
import { INSTRUCTIONS } from '@parley/realtime-sandbox/contract/find-slots';
import { servePages } from '@parley/realtime-sandbox/contract/serve-pages';
import { AUDIBLE_RMS, type PageRecording } from '../../e2e/browser/page-recorder.ts';
import { launchBrowser, median, print } from '../browser.ts';
import { holesWhileSpeaking, watchHoles } from '../received-audio.ts';

const HOLE_MS = 60;
const API_KEY = 'sk-bench-turns-of-the-sandbox';
const turns = Number(process.argv[2] ?? 12);

const sandbox = await startSandbox(API_KEY);
const pages = await servePages();
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  const api = new Api({ baseUrl: sandbox.baseUrl, apiKey: API_KEY, isLive: false, maySpend: true });
  const call = await CallPage.open(page, pages.url('bare'));
  const session = {
    type: 'realtime',
    model: 'gpt-realtime-2.1',
    instructions: INSTRUCTIONS,
    audio: { input: { transcription: { model: 'gpt-realtime-whisper' } } },
  };
  const secret = await api.mint(session);
  const clickedAt = await call.now();
  await call.connect({ callsUrl: api.callsUrl, secret, toolOutput: '' });
  await call.next('session.created');
  print('connect: offer to session.created, ms', (await call.now()) - clickedAt);
  await watchHoles(page);

  const measured: Turn[] = [];
  for (let count = 0; count < turns; count++) {
    const startedAt = await call.now();
    await call.say('what-services');
    await call.next('output_audio_buffer.started');
    await call.next('output_audio_buffer.stopped');
    measured.push(turnOf(await call.recording(), startedAt));
  }
  const holes = await holesWhileSpeaking(page, HOLE_MS);
  const wholes = measured.map(({ wholeMs }) => wholeMs);
  print('turns measured', wholes.length);
  print('end of speech to first audio, ms, median', median(wholes));
  print('end of speech to first audio, ms, slowest', Math.max(...wholes));
  print('of it until the turn ended, ms, median', median(measured.map(({ endedMs }) => endedMs)));
  print('of it until the response was sent, ms, median', median(measured.map(({ sentMs }) => sentMs)));
  print(`holes over ${HOLE_MS} ms while the agent spoke`, holes.length);
} finally {
  await browser.close();
  await pages.close();
  await sandbox.stop();
}

/** All three in milliseconds from the end of true speech. */
interface Turn {
  endedMs: number;
  sentMs: number;
  wholeMs: number;
}

function turnOf({ microphone, levels, events }: PageRecording, startedAtMs: number): Turn {
  const isAudible = ({ rms }: { rms: number }) => rms > AUDIBLE_RMS;
  const spokeUntilMs = microphone.findLast((level) => level.atMs > startedAtMs && isAudible(level))?.atMs;
  const since = (found: { atMs: number } | undefined) => (found?.atMs ?? Number.NaN) - (spokeUntilMs ?? 0);
  const event = (type: string) => events.findLast((one) => one.atMs > startedAtMs && one.type === type);
  return {
    endedMs: since(event('input_audio_buffer.speech_stopped')),
    sentMs: since(event('output_audio_buffer.started')),
    wholeMs: since(levels.find((level) => level.atMs > (spokeUntilMs ?? Infinity) && isAudible(level))),
  };
}
