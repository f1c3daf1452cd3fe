import { fineUsdText } from '@/components/inspect/inspect-words';
import { countText } from '@/components/number-words';
import type { InspectState } from '@/lib/client/inspect/inspect-state';

/** Tokens by kind and their estimated cost. */
export function UsageView({ state: { model, voice, tokens, costMicroUsd } }: { state: InspectState }) {
  const rows = [
    ['Model', model ?? 'not connected'],
    ['Voice', voice ?? 'not connected'],
    ['Input, audio', countText(tokens.inputAudio)],
    ['Input, text', countText(tokens.inputText)],
    ['Input, cached', countText(tokens.inputCached)],
    ['Output, audio', countText(tokens.outputAudio)],
    ['Output, text', countText(tokens.outputText)],
    ['Estimated cost', fineUsdText(costMicroUsd)],
  ] as const;
  return (
    <>
      <dl className="flex flex-col">
        {rows.map(([label, value]) => (
          <div
            key={label}
            className="flex justify-between gap-4 border-line border-b py-2 last:font-semibold"
          >
            <dt>{label}</dt>
            <dd className="text-end tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-3 text-ink-muted text-xs">
        Counted in this browser from the service’s own reports, at list prices and without transcription. The
        server settles the call by time.
      </p>
    </>
  );
}
