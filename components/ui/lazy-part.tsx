import { type ComponentType, use, useEffect, useState } from 'react';
import { MissingPart, type MissingPartProps } from '@/components/ui/missing-part';

/**
 * A part that is fetched when it is first rendered. One that throws would take the whole page along: this one renders `Missing`
 * until it could be fetched. React's `lazy` would remember a failure for the life of the page; here each opening, and each
 * `tryAgain`, fetches anew.
 */
export function lazyPart<Props extends object>(
  fetchPart: () => Promise<{ default: ComponentType<Props> }>,
  Missing: ComponentType<MissingPartProps> = MissingPart,
) {
  const attempt = () =>
    fetchPart().then(
      (part) => part.default,
      () => null,
    );
  let latest: ReturnType<typeof attempt> | null = null;

  return function LazyPart(props: Props) {
    const [shown, show] = useState(() => {
      latest ??= attempt();
      return latest;
    });
    const Part = use(shown);
    const isMissing = Part === null;

    useEffect(() => {
      if (!isMissing) return;
      // Not earlier: whatever suspends is rendered from its beginning, and would fetch on and on.
      return () => {
        if (latest === shown) latest = null;
      };
    }, [isMissing, shown]);

    const tryAgain = async () => {
      const next = attempt();
      if ((await next) === null) return false;
      latest = next;
      show(next);
      return true;
    };
    return isMissing ? <Missing tryAgain={tryAgain} /> : <Part {...props} />;
  };
}
