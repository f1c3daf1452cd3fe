import NextAuth from 'next-auth';
import { authOptions } from '@/lib/server/auth-options';
import { handle } from '@/lib/server/http';
import { siteOrigin } from '@/lib/server/site-origin';

/** Sign-in, sign-out and their callbacks, all by next-auth. */
const auth = handle<RouteContext<'/api/auth/[...nextauth]'>>(async (request, context) => {
  const isHttps = siteOrigin(request.headers).startsWith('https:');
  return NextAuth(authOptions(isHttps))(request, context);
});

export { auth as GET, auth as POST };
