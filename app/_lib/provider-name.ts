/** Returns what visitors know the service at this address by. */
export function providerName(baseUrl: string): string {
  const { hostname } = new URL(baseUrl);
  return hostname === 'openai.com' || hostname.endsWith('.openai.com') ? 'OpenAI' : hostname;
}
