import { remember } from './remember.ts';

/**
 * A word without its ending, so that "booked" matches "book" and "services" matches "service". Rough, and the
 * same on both sides.
 */
export const stem = remember((word) => {
  let base = word;
  if (/ies$/.test(base) && base.length > 4) base = `${base.slice(0, -3)}y`;
  else if (/[^su]s$/.test(base) && !/is$/.test(base) && base.length > 3) base = base.slice(0, -1);
  if (/ing$/.test(base) && base.length > 5) base = undouble(base.slice(0, -3));
  else if (/ed$/.test(base) && base.length > 4) base = undouble(base.slice(0, -2));
  return base.length > 4 && base.endsWith('e') ? base.slice(0, -1) : base;
});

/** "fitt" is "fit" and "cancell" is "cancel", but "call" stays. */
function undouble(base: string): string {
  const doubled = /([bdgklmnprt])\1$/.test(base);
  return doubled && !(base.endsWith('ll') && base.length < 6) ? base.slice(0, -1) : base;
}
