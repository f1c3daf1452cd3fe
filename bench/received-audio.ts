import type { Page } from 'playwright/test';

/** A hole in the received audio: what the browser had to conceal, in one piece or in adjacent pieces. */
export interface Hole {
  atMs: number;
  ms: number;
}

/**
 * Watches what the browser's jitter buffer conceals. Intended silence is no hole; audio that arrives late is. The
 * statistics are read every 50 ms, so holes within that time count as one.
 */
export const watchHoles = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const holes: Hole[] = [];
    Object.assign(window, { holes });
    let before = 0;
    let growing = false;
    setInterval(async () => {
      for (const report of (await window.pageConnections[0]?.getStats())?.values() ?? []) {
        if (report.type !== 'inbound-rtp' || report.kind !== 'audio') continue;
        const ms = (report.concealedSamples - before) / 48;
        before = report.concealedSamples;
        const last = holes.at(-1);
        if (ms > 0 && growing && last) last.ms += ms;
        else if (ms > 0) holes.push({ atMs: performance.now(), ms });
        growing = ms > 0;
      }
    }, 50);
  });

/** Returns holes longer than `ms` while the agent spoke, by the events of its playback. */
export async function holesWhileSpeaking(page: Page, ms: number): Promise<Hole[]> {
  return page.evaluate((limit) => {
    const { holes } = window as unknown as { holes: Hole[] };
    const bounds = window.pageRecording.events.filter(({ type }) => type.startsWith('output_audio_buffer.'));
    const speaks = (atMs: number) =>
      bounds.findLast((event) => event.atMs <= atMs)?.type === 'output_audio_buffer.started';
    return holes.filter((hole) => hole.ms > limit && speaks(hole.atMs));
  }, ms);
}
