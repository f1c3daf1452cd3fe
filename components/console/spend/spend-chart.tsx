import { scaleTop, toBars } from '@/components/console/spend/spend-bars';
import { callsText, dayText, usdText } from '@/components/console/spend/spend-words';
import type { SpendOf } from '@/lib/shared/owner/spend';

/** Units of the picture, which is stretched to its box. */
const HEIGHT = 100;
const STEP = 10;

/** What was spent, as bars. The table beside it says the same in numbers, so a screen reader gets one sentence here. */
export function SpendChart({ days }: { days: readonly SpendOf<'day'>[] }) {
  const bars = toBars(days);
  const most = Math.max(0, ...bars.map(({ microUsd }) => microUsd));
  const top = scaleTop(most);
  const dearest = bars.find(({ microUsd }) => microUsd === most);
  const unit = bars[0]?.from === bars[0]?.to && bars.length === days.length ? 'day' : 'week';
  const summary =
    most === 0
      ? 'Nothing was spent in this period.'
      : `Spend by ${unit}. The most was ${usdText(most)}, ${unit === 'day' ? 'on' : 'in the week from'} ${dayText(dearest?.from ?? '', true)}.`;
  return (
    <figure>
      <div className="flex gap-3">
        <div
          aria-hidden
          className="flex flex-col justify-between text-end text-ink-muted text-xs tabular-nums"
        >
          <span className="-mt-2">{usdText(top)}</span>
          <span>{usdText(top / 2)}</span>
          <span className="-mb-2">$0</span>
        </div>
        <svg
          role="img"
          aria-label={summary}
          viewBox={`0 0 ${bars.length * STEP} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-44 min-w-0 grow sm:h-56"
        >
          {[0, HEIGHT / 2, HEIGHT].map((y) => (
            <line
              key={y}
              x1="0"
              x2={bars.length * STEP}
              y1={y}
              y2={y}
              className="stroke-line"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {bars.map(({ from, microUsd, calls }, i) => {
            const height = (microUsd / top) * HEIGHT;
            return (
              <rect
                key={from}
                x={i * STEP + STEP * 0.14}
                y={HEIGHT - height}
                width={STEP * 0.72}
                height={height}
                className="fill-accent hover:fill-accent-hover"
              >
                <title>{`${dayText(from, true)}: ${usdText(microUsd)}, ${callsText(calls)}`}</title>
              </rect>
            );
          })}
        </svg>
      </div>
      <figcaption className="mt-2 flex justify-between ps-14 text-ink-muted text-xs">
        <span>{dayText(days[0]?.day ?? '', days.length > 200)}</span>
        <span>{unit === 'week' && 'each bar is a week'}</span>
        <span>today</span>
      </figcaption>
    </figure>
  );
}
