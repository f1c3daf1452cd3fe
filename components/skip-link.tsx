import { buttonClass } from '@/components/ui/button-class';

/** First stop of the Tab key: skips the header. `to` names the page's main part. */
export function SkipLink({ to = 'the conversation' }: { to?: string }) {
  return (
    <a
      href="#main"
      className={buttonClass({ look: 'primary', place: 'fixed start-4 top-2 z-30 not-focus:sr-only' })}
    >
      Skip to {to}
    </a>
  );
}
