import type { Levels } from '../../../e2e/browser/page-recorder.ts';
import type { Trial } from '../results.ts';
import { type Html, html } from './html.ts';

const WIDTH = 1000;
const LANE = 50;
const BARS = 400;
/** Speech this loud fills its lane. */
const LOUD_RMS = 0.25;

/** Returns the loudest moment of each bar, 0…1. */
function toBars(levels: Levels, endMs: number): number[] {
  const bars = new Array<number>(BARS).fill(0);
  for (const { atMs, rms } of levels) {
    const bar = Math.floor((atMs / endMs) * BARS);
    if (bar >= 0 && bar < BARS) bars[bar] = Math.max(bars[bar] ?? 0, Math.min(1, rms / LOUD_RMS));
  }
  return bars;
}

function drawLane(side: 'caller' | 'agent', levels: Levels, endMs: number): Html[] {
  const middle = side === 'caller' ? LANE / 2 + 14 : LANE * 1.5 + 18;
  return toBars(levels, endMs).flatMap((loudness, bar) => {
    if (loudness < 0.02) return [];
    const height = Math.max(1, loudness * LANE);
    const x = (bar / BARS) * WIDTH;
    return html`<rect class="${side}" x="${x}" y="${(middle - height / 2).toFixed(1)}" width="2" height="${height.toFixed(1)}" />`;
  });
}

/** Both voices over the time of the call, with the tools that ran. */
export function drawLanes({ call, levels }: Trial, endMs: number): Html {
  const marks = call.tools.map(({ name, ranAtMs, askedAtMs }) => {
    const x = (((ranAtMs ?? askedAtMs) / endMs) * WIDTH).toFixed(1);
    return html`<line class="mark" x1="${x}" x2="${x}" y1="12" y2="122" /><text x="${x}" y="132">${name}</text>`;
  });
  return html`<svg class="lanes" viewBox="0 0 ${WIDTH} 140" preserveAspectRatio="none" role="img" aria-label="Loudness of the caller, above, and of the agent, below, over ${(endMs / 1000).toFixed(0)} seconds">
<text x="0" y="10">caller</text><text x="0" y="80">agent</text>
${drawLane('caller', levels.caller, endMs)}
${drawLane('agent', levels.agent, endMs)}
${marks}
<line class="head" x1="0" x2="0" y1="0" y2="140" />
</svg>`;
}
