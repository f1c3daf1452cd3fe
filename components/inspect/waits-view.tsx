import { median, msText, ninetieth } from '@/components/inspect/inspect-words';
import { NothingYet } from '@/components/inspect/nothing-yet';
import { countText } from '@/components/number-words';
import type { InspectTurn } from '@/lib/client/inspect/inspect-state';
import { type Wait, wholeMs } from '@/lib/client/inspect/waits';

const PARTS = [
  { key: 'finishingMs', label: 'Until you had finished', color: 'bg-ink-faint' },
  { key: 'thinkingMs', label: 'Thinking', color: 'bg-accent' },
  { key: 'toolMs', label: 'Tools, and your approval', color: 'bg-warn' },
  { key: 'soundMs', label: 'First sound', color: 'bg-ink' },
] as const satisfies readonly { key: keyof Wait; label: string; color: string }[];

const msOrDash = (ms: number | null) => (ms === null ? '–' : msText(ms));

/** The usual and the long wait, part by part; the colours are those of the bars. */
function Summary({ waits }: { waits: readonly Wait[] }) {
  const rows = [
    ...PARTS.map(({ key, label, color }) => ({
      label,
      color,
      values: waits.flatMap((wait) => wait[key] ?? []),
    })),
    { label: 'Whole wait', color: null, values: waits.map(wholeMs) },
  ];
  return (
    <table className="mt-3 w-full tabular-nums">
      <thead>
        <tr className="text-ink-muted text-xs">
          <th scope="col" className="text-start font-normal">
            Part
          </th>
          <th scope="col" className="text-end font-normal">
            Median
          </th>
          <th scope="col" className="text-end font-normal">
            90 % within
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, color, values }) => (
          <tr key={label} className="last:font-semibold">
            <th scope="row" className="py-1 text-start font-[inherit]">
              {color && <span aria-hidden className={`me-2 inline-block size-2.5 rounded-full ${color}`} />}
              {label}
            </th>
            <td className="text-end">{msOrDash(median(values))}</td>
            <td className="text-end">{msOrDash(ninetieth(values))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function WaitBar({ wait, longestMs }: { wait: Wait; longestMs: number }) {
  return (
    <div aria-hidden className="mt-1 flex h-1.5 overflow-hidden rounded-full bg-sunken">
      {PARTS.map(({ key, color }) => (
        <div key={key} className={color} style={{ width: `${(100 * (wait[key] ?? 0)) / longestMs}%` }} />
      ))}
    </div>
  );
}

const partsText = (wait: Wait) =>
  PARTS.flatMap(({ key, label }) => (wait[key] ? `${label}: ${msText(wait[key])}` : [])).join(', ');

/** What the user waited for before each response was heard. */
export function WaitsView({ turns }: { turns: readonly InspectTurn[] }) {
  const waits = turns.flatMap(({ wait }) => wait ?? []);
  const longestMs = Math.max(1, ...waits.map(wholeMs));
  return (
    <>
      <h3 className="mt-8 font-semibold">Waits for an answer</h3>
      {waits.length > 0 && <Summary waits={waits} />}
      {turns.length === 0 && <NothingYet>No responses yet.</NothingYet>}
      <ol className="mt-4 flex flex-col gap-3">
        {turns.map(({ responseId, wait, tokens }, index) => (
          <li key={responseId}>
            <p className="flex justify-between gap-4 tabular-nums">
              <span>Response {index + 1}</span>
              <span className="text-ink-muted">
                {wait === null ? 'unprompted' : msText(wholeMs(wait))} · {countText(tokens)} tokens
              </span>
            </p>
            {wait !== null && (
              <>
                <span className="sr-only">{partsText(wait)}</span>
                <WaitBar wait={wait} longestMs={longestMs} />
              </>
            )}
          </li>
        ))}
      </ol>
    </>
  );
}
