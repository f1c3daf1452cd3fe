import type { ObservedCall } from '../../call/observed.ts';
import { show } from '../../checks/check.ts';
import { type Html, html } from './html.ts';

interface Line {
  atMs: number;
  who: 'caller' | 'agent' | 'tool';
  words: Html;
}

const seconds = (ms: number) => (ms / 1000).toFixed(1);

function linesOf({ acts, speeches, tools, ended }: ObservedCall): Line[] {
  return [
    ...acts.map((act): Line => {
      if (act.kind === 'spoke') {
        const over = act.over === 'agent' ? ' (over the agent)' : '';
        return { atMs: act.fromMs, who: 'caller', words: html`<b>Caller</b>${over}: ${act.text}` };
      }
      if (act.kind === 'pressed') {
        const button = act.allowed ? 'Allow' : 'Don’t allow';
        return {
          atMs: act.untilMs,
          who: 'caller',
          words: html`<b>Caller</b> presses ${button}: ${act.title}`,
        };
      }
      return { atMs: act.untilMs, who: 'caller', words: html`<b>Caller</b> hangs up` };
    }),
    ...speeches.map(({ fromMs, text, heard, cut }): Line => {
      const end = cut ? ' (interrupted)' : '';
      return {
        atMs: fromMs,
        who: 'agent',
        words: html`<b>Agent</b>${end}: ${text}<br><span class="muted">heard: ${heard || 'nothing'}</span>`,
      };
    }),
    ...tools.map(({ name, arguments: args, outcome, approval, summary, askedAtMs }): Line => {
      const asked = approval === 'not asked' ? '' : `, ${approval} on the screen`;
      return {
        atMs: askedAtMs,
        who: 'tool',
        words: html`<code>${name}(${show(args)})</code> ${outcome}${asked}<br><span class="muted">${summary}</span>`,
      };
    }),
    ...(ended
      ? [{ atMs: Number.POSITIVE_INFINITY, who: 'tool', words: html`Ended: ${ended.reason}` } as const]
      : []),
  ].toSorted((a, b) => a.atMs - b.atMs);
}

/** The conversation in the order of its time. What the site understood of the caller is below. */
export function writeTalk(call: ObservedCall): Html {
  const lines = linesOf(call).map(({ atMs, who, words }) => {
    const at = Number.isFinite(atMs) ? seconds(atMs) : '';
    return html`<li class="who-${who}"><time data-at="${at || 0}">${at}</time><div>${words}</div></li>`;
  });
  const understood = call.understood.map((words) => html`<li>${words || '(nothing)'}</li>`);
  return html`<ol class="talk">${lines}</ol>
<details><summary>What the site understood of the caller</summary><ul>${understood}</ul></details>`;
}
