import { useCallback, useRef, useState } from 'react';

/** A box scrolled this close to its end counts as being there. */
const NEAR_PX = 32;

/**
 * Keeps a scrolling box at its end while it grows, until the reader scrolls up. Pass `attach` as the `ref` of the box;
 * its first child is the content.
 */
export function useStickToBottom() {
  const [isAtBottom, setAtBottom] = useState(true);
  const jump = useRef<() => void>(() => undefined);

  const attach = useCallback((box: HTMLElement | null) => {
    if (!box) return;
    let follows = true;
    let lastTop = 0;
    let lastHeight = box.clientHeight;
    const toBottom = () => {
      box.scrollTop = box.scrollHeight;
    };
    const onScroll = () => {
      const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
      // Only a move upward comes from the reader: growth alone moves the end away too, and a box that becomes
      // taller moves its content down.
      if (isNear) follows = true;
      else if (box.scrollTop < lastTop && box.clientHeight === lastHeight) follows = false;
      lastTop = box.scrollTop;
      lastHeight = box.clientHeight;
      setAtBottom(follows);
    };
    const sizes = new ResizeObserver(() => {
      if (follows) toBottom();
    });
    sizes.observe(box);
    if (box.firstElementChild) sizes.observe(box.firstElementChild);
    box.addEventListener('scroll', onScroll, { passive: true });
    jump.current = () => {
      follows = true;
      toBottom();
    };
    return () => {
      sizes.disconnect();
      box.removeEventListener('scroll', onScroll);
    };
  }, []);

  const jumpToBottom = useCallback(() => jump.current(), []);
  return { attach, isAtBottom, jumpToBottom };
}
