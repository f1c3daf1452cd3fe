import { announceSignOut } from '@/lib/client/page/sign-out-channel';

/** Signs out in all tabs and goes to the sign-in page. Rejects when the server cannot be reached. */
export async function leave(): Promise<void> {
  announceSignOut();
  const { signOut } = await import('next-auth/react');
  await signOut({ callbackUrl: '/login' });
}
