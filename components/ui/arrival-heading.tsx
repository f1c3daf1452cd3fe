import type { ComponentProps } from 'react';

const takeFocus = (heading: HTMLHeadingElement | null) => heading?.focus();

interface ArrivalHeadingProps extends Omit<ComponentProps<'h1'>, 'ref' | 'tabIndex'> {
  level: 1 | 2;
}

/** A heading that takes the focus when it appears, so that keyboard and screen reader follow the screen. */
export function ArrivalHeading({ level, children, ...rest }: ArrivalHeadingProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <Heading {...rest} ref={takeFocus} tabIndex={-1}>
      {children}
    </Heading>
  );
}
