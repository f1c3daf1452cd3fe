import { FilterLinks } from '@/components/calls/filter-links';
import type { ConsolePath } from '@/components/console/frame/console-page';
import { SPEND_RANGES, type SpendRange } from '@/lib/shared/owner/spend';

/** How many days a page of the console looks at: a link for each number. */
export function RangeLinks({ path, range }: { path: ConsolePath; range: SpendRange }) {
  const choices = SPEND_RANGES.map((count) => ({
    label: `${count} days`,
    path: `${path}?days=${count}`,
    chosen: count === range,
  }));
  return <FilterLinks label="Range" choices={choices} />;
}
