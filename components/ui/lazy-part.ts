import { type ComponentType, lazy } from 'react';
import { MissingPart } from '@/components/ui/missing-part';

/**
 * React's `lazy` for a part that may be gone by the time it is needed: a new version of the site has other files. A part
 * that throws would take the whole page along; this one says what is the matter.
 */
export const lazyPart = <Props extends object>(fetchPart: () => Promise<{ default: ComponentType<Props> }>) =>
  lazy<ComponentType<Props>>(() => fetchPart().catch(() => ({ default: MissingPart })));
