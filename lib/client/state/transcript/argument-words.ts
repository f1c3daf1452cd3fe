/** "send_reminder", "customerName", "pickup-day" → "Send reminder", "Customer name", "Pickup day". */
export function humanise(key: string): string {
  const words = key
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valueInWords(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.map(valueInWords).filter(Boolean).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, inner]) => `${humanise(key)} ${valueInWords(inner)}`)
      .join(', ');
  }
  return value === null || value === undefined ? '' : String(value);
}

/** Returns a tool's arguments as lines for the screen, without those that have no value. */
export function argumentsInWords(args: Record<string, unknown>): { label: string; value: string }[] {
  return Object.entries(args)
    .map(([key, value]) => ({ label: humanise(key), value: valueInWords(value) }))
    .filter((line) => line.value !== '');
}
