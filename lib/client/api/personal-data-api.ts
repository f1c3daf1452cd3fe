const LIMIT_MS = 15_000;

async function send(method: 'POST' | 'DELETE', path: string): Promise<Response | null> {
  try {
    const response = await fetch(path, { method, signal: AbortSignal.timeout(LIMIT_MS) });
    return response.ok ? response : null;
  } catch {
    return null;
  }
}

/** Returns everything that the site stores about the user as a JSON file, or `null` if it could not be had. */
export async function fetchExport(): Promise<Blob | null> {
  const response = await send('POST', '/api/me/export');
  return (await response?.blob().catch(() => null)) ?? null;
}

/** Deletes everything that the site stores about the user. Returns whether it worked. */
export const eraseEverything = async (): Promise<boolean> => (await send('DELETE', '/api/me')) !== null;
