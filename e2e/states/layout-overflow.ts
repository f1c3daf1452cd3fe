import type { Page } from 'playwright/test';

/** Least width and height of a control, in CSS pixels. */
const TARGET_PX = 44;

/** Returns what does not fit: the page scrolls sideways, a control sticks out or is too small for a thumb. */
export const layoutOverflow = (page: Page): Promise<string[]> =>
  page.evaluate((targetPx) => {
    const found: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`sideways: ${root.scrollWidth} px`);
    const nameOf = (element: Element) =>
      `${element.tagName} ${element.getAttribute('aria-label') ?? element.textContent?.trim() ?? ''}`;
    for (const control of document.querySelectorAll('button, a, input, select, textarea, summary')) {
      const isHidden = !control.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      // Links inside a sentence are as high as its line.
      const isInText = control.matches('p a, dd a') || control.matches('.sr-only, .sr-only *');
      if (isHidden || isInText || control.closest('[inert]')) continue;
      const target = control.closest('label') ?? control;
      const { left, right, width, height } = target.getBoundingClientRect();
      if (left < -0.5 || right > root.clientWidth + 0.5) found.push(`sticks out: ${nameOf(target)}`);
      if (Math.min(width, height) < targetPx - 0.5) found.push(`small: ${nameOf(target)} ${width}×${height}`);
    }
    return found;
  }, TARGET_PX);
