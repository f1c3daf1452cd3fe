import { msText, stepText } from '@/components/inspect/inspect-words';
import { NothingYet } from '@/components/inspect/nothing-yet';
import { WaitsView } from '@/components/inspect/waits-view';
import type { InspectState, InspectStep } from '@/lib/client/inspect/inspect-state';

/** One step as a bar on a common time line: overlapping bars ran at the same time. */
function StepBar({ step, totalMs }: { step: InspectStep; totalMs: number }) {
  const percent = (ms: number) => `${(100 * ms) / Math.max(1, totalMs)}%`;
  return (
    <li>
      <p className="flex justify-between gap-4">
        {stepText(step.name)}
        <span className="text-ink-muted tabular-nums">{msText(step.endMs - step.beginMs)}</span>
      </p>
      <div aria-hidden className="mt-1 h-1.5 rounded-full bg-sunken">
        <div
          className="h-full min-w-0.5 rounded-full bg-accent"
          style={{ marginInlineStart: percent(step.beginMs), width: percent(step.endMs - step.beginMs) }}
        />
      </div>
    </li>
  );
}

/** The steps from the click to a live call, then what the user waited for in each response. */
export function TimingView({ state: { steps, connectMs, turns } }: { state: InspectState }) {
  if (steps.length === 0) return <NothingYet>Start a call to see how long each step takes.</NothingYet>;
  const totalMs = connectMs ?? Math.max(...steps.map(({ endMs }) => endMs));
  return (
    <>
      <h3 className="flex justify-between gap-4 font-semibold">
        From click to live
        <span className="tabular-nums">{connectMs === null ? 'Connecting…' : msText(connectMs)}</span>
      </h3>
      <ol className="mt-3 flex flex-col gap-3">
        {steps.map((step) => (
          <StepBar key={`${step.name}-${step.beginMs}`} step={step} totalMs={totalMs} />
        ))}
      </ol>
      <WaitsView turns={turns} />
    </>
  );
}
