'use client';

import { ArrowLeft } from 'lucide-react';

/** Chrome, Edge and Firefox ask at the top left of the window, beside the address. Other browsers ask in the middle. */
const asksAtTopLeft = (userAgent: string) => /Chrom(e|ium)\/|Firefox\//.test(userAgent);

/** Points at the browser's microphone prompt, where its place is known and the window has room. */
export default function PermissionPointer() {
  if (!asksAtTopLeft(navigator.userAgent)) return null;
  return (
    <p
      aria-hidden
      className="fixed top-3 left-96 z-20 hidden animate-arrive items-center gap-2 rounded-full bg-ink px-5 py-2.5 font-medium text-sm text-surface shadow-raised lg:pointer-fine:flex"
    >
      <ArrowLeft className="size-4" />
      Choose Allow over here
    </p>
  );
}
