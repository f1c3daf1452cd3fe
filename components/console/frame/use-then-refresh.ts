import { useRouter } from 'next/navigation';

/** Returns a function that waits for an act, reads the page again unless it failed, and returns what went wrong, or `null`. */
export function useThenRefresh() {
  const { refresh } = useRouter();
  return async (act: Promise<string | null>): Promise<string | null> => {
    const problem = await act;
    if (problem === null) refresh();
    return problem;
  };
}
