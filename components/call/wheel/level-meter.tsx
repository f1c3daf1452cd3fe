'use client';

import { clsx } from 'clsx';
import { useCallback } from 'react';
import { useCallContext } from '@/components/call/call-context';

const BARS = [
  { threshold: 0.15, height: 'h-1.5' },
  { threshold: 0.3, height: 'h-2.5' },
  { threshold: 0.45, height: 'h-4' },
  { threshold: 0.6, height: 'h-2.5' },
  { threshold: 0.75, height: 'h-1.5' },
];
const METER_FRAMES_PER_SECOND = 12;

interface LevelMeterProps {
  side: 'user' | 'agent';
  className?: string;
}

/** Five bars that light up with one side's loudness. Sets attributes directly, without a render. */
export function LevelMeter({ side, className }: LevelMeterProps) {
  const { loop } = useCallContext();

  const attach = useCallback(
    (meter: HTMLSpanElement | null) => {
      if (!meter) return;
      return loop.add((levels) => {
        for (const [index, bar] of Array.from(meter.children).entries()) {
          bar.toggleAttribute('data-lit', levels[side] > (BARS[index]?.threshold ?? 1));
        }
        return 1000 / METER_FRAMES_PER_SECOND;
      });
    },
    [loop, side],
  );

  return (
    <span ref={attach} aria-hidden className={clsx('inline-flex h-4 items-center gap-0.5', className)}>
      {BARS.map(({ threshold, height }) => (
        <span
          key={threshold}
          className={clsx(
            'w-0.75 rounded-full bg-current opacity-30 transition-opacity duration-100 data-lit:opacity-100 forced-colors:bg-[CanvasText]',
            height,
          )}
        />
      ))}
    </span>
  );
}
