export function sayAsWords(text: string): string {
  return text;
}
