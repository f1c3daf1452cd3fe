import { Moment } from '@/components/calls/moment';
import { BlockActs } from '@/components/console/blocks/block-buttons';
import { PersonLink } from '@/components/console/frame/person-link';
import type { Block } from '@/lib/shared/owner/blocks';

/** Who may begin no calls, the latest first. */
export function BlockList({ blocks }: { blocks: readonly Block[] }) {
  if (blocks.length === 0) return <p className="text-ink-muted">Nobody is blocked.</p>;
  return (
    <ul className="flex flex-col gap-3">
      {blocks.map((block) => (
        <li
          key={block.id}
          className="flex flex-wrap items-center justify-between gap-4 rounded-lg border border-line bg-raised p-4"
        >
          <div className="min-w-0 max-w-full">
            <p className="break-all font-medium">
              {block.id.startsWith('person ') ? <PersonLink who={block.label} /> : block.label}
            </p>
            {block.note && <p className="text-sm">{block.note}</p>}
            <p className="text-ink-muted text-sm">
              Since <Moment ms={block.sinceMs} />
              {block.untilMs === null ? ', until somebody unblocks them' : ', until '}
              {block.untilMs !== null && <Moment ms={block.untilMs} />}, by <PersonLink who={block.by} />
            </p>
          </div>
          <BlockActs block={block} />
        </li>
      ))}
    </ul>
  );
}
