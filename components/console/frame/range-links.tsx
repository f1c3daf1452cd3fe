import { FilterLinks } from '@/components/calls/filter-links';
import type { ConsoleRoom } from '@/components/console/frame/console-page';
import { SPEND_RANGES, type SpendRange } from '@/lib/shared/owner/spend';

/** How many days a page of the console looks at: a link for each number. */
export function RangeLinks({ page, range }: { page: ConsoleRoom; range: SpendRange }) {
  const choices = SPEND_RANGES.map((count) => ({
    label: `${count} days`,
    path: `${page}?days=${count}`,
    chosen: count === range,
  }));
  return <FilterLinks label="Range" choices={choices} />;
}
