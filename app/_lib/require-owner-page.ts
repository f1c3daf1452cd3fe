import { redirect } from 'next/navigation';
import { getPageUser } from '@/lib/server/auth/require-user';
import type { User } from '@/lib/server/auth/user';

/** Returns the administrator who visits a page of the console. Sends others to the Talk page, or to sign in first. */
export async function requireOwnerPage(path: string): Promise<User> {
  const user = await getPageUser();
  if (!user) redirect(`/login?${new URLSearchParams({ callbackUrl: path })}`);
  if (!user.permissions.includes('calls:end')) redirect('/');
  return user;
}
