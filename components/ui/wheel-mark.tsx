import type { SVGProps } from 'react';

const SPOKES = Array.from({ length: 12 }, (_, index) => index * 30);

/** The mark: a wheel of spokes in the colour of the surrounding text. */
export function WheelMark(props: SVGProps<SVGSVGElement>) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeLinecap="round" aria-hidden {...props}>
      {SPOKES.map((degrees) => (
        <path key={degrees} d="M12 2.5v4" strokeWidth={2} transform={`rotate(${degrees} 12 12)`} />
      ))}
      <circle cx={12} cy={12} r={2.25} fill="currentColor" stroke="none" />
    </svg>
  );
}
