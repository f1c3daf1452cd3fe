const counts = new Intl.NumberFormat('en-US');

/** Formats a number: 1234567 → "1,234,567". */
export const countText = (count: number): string => counts.format(count);
