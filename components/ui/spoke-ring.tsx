import { clsx } from 'clsx';

const SPOKES = Array.from({ length: 72 }, (_, index) => index);

interface SpokeRingProps {
  className?: string;
  /** Leaves out every third spoke, to show that something is missing. */
  broken?: boolean;
}

/** The wheel at rest, drawn by the server for pages without a call. It swells at one place, like a sound. */
export function SpokeRing({ className, broken = false }: SpokeRingProps) {
  return (
    <svg viewBox="-100 -100 200 200" className={clsx('text-line-strong', className)} aria-hidden>
      {SPOKES.filter((index) => !broken || index % 3 !== 0).map((index) => {
        const swell = broken ? 0 : Math.exp(-(((index - 11) / 7) ** 2));
        return (
          <path
            key={index}
            d={`M0 ${-71}V${-77 - swell * 16}`}
            transform={`rotate(${index * 5})`}
            className={swell > 0.1 ? 'text-accent' : undefined}
            stroke="currentColor"
            strokeWidth={1.6}
            strokeLinecap="round"
            opacity={0.55 + swell * 0.45}
          />
        );
      })}
    </svg>
  );
}
