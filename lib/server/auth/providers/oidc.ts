// Tested in e2e/sign-in.
import 'server-only';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import { mergeClaims, nameOf, OidcClaims, type OidcSettings } from '@/lib/server/auth/providers/oidc-claims';
import { toAccountId } from '@/lib/server/auth/providers/oidc-id';

/** Where a provider says what it offers: OpenID Connect Discovery, section 4. */
export const discoveryUrl = (issuer: string) => `${issuer}/.well-known/openid-configuration`;

type UserinfoRequest = Exclude<OAuthConfig<OidcClaims>['userinfo'], string | undefined>['request'];

/**
 * Returns the request for the claims after the ID token was verified. Many providers put little into it, and the address,
 * the name and the groups into userinfo. Throws if the provider calls itself by another name than the settings do, or if
 * the two places are about different people.
 */
const readClaims =
  ({ issuer }: OidcSettings): UserinfoRequest =>
  async ({ client, tokens }) => {
    const { issuer: name, userinfo_endpoint: endpoint } = client.issuer.metadata;
    if (name.replace(/\/+$/, '') !== issuer) throw new Error('discovered issuer mismatch');
    const claims = OidcClaims.safeParse(typeof tokens.claims === 'function' ? tokens.claims() : null);
    if (!claims.success) throw new Error('unusable sub');
    if (!endpoint || !tokens.access_token) return claims.data;
    const userinfo = await client.userinfo(tokens.access_token);
    if (userinfo.sub !== claims.data.sub) throw new Error('userinfo sub mismatch');
    return mergeClaims(claims.data, userinfo);
  };

/**
 * Returns the company's own sign-in for next-auth. Its library verifies signature, issuer, audience, times and nonce of
 * the ID token.
 */
export function oidcProvider(oidc: OidcSettings): OAuthConfig<OidcClaims> {
  return {
    id: 'oidc',
    name: oidc.name,
    type: 'oauth',
    wellKnown: discoveryUrl(oidc.issuer),
    authorization: { params: { scope: oidc.scope.join(' ') } },
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    clientId: oidc.id,
    clientSecret: oidc.secret,
    client: { id_token_signed_response_alg: oidc.algorithm },
    userinfo: { request: readClaims(oidc) },
    profile: (claims) => ({ id: toAccountId(oidc.issuer, claims.sub), name: nameOf(claims) }),
  };
}
