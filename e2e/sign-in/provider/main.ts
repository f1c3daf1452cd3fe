import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import Provider from 'oidc-provider';
import { Orders, Settings } from './orders.ts';
import { answerInteraction } from './sign-in-page.ts';

/*
 * A certified OpenID provider as a process of its own. Prints its issuer as its first line, and ends with its standard
 * input.
 */

const settings = Settings.parse(process.env);
let orders: Orders = { people: {}, audience: null, clockAheadSeconds: 0 };

const realNow = Date.now;
Date.now = () => realNow() + orders.clockAheadSeconds * 1000;

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'key', use: 'sig', alg: 'RS256' };

const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Returns the ID token with another audience, validly signed: what a provider would give to another application. */
function readdress(idToken: string, audience: string): string {
  const [header = '', payload = ''] = idToken.split('.');
  const signed = `${header}.${encode({ ...decode(payload), aud: audience })}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), createPrivateKey({ key: jwk, format: 'jwk' })).toString('base64url')}`;
}

const createProvider = (issuer: string) => {
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: settings.OIDC_CLIENT_ID,
        client_secret: settings.OIDC_CLIENT_SECRET,
        redirect_uris: [settings.OIDC_CALLBACK],
      },
    ],
    claims: { email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    conformIdTokenClaims: !settings.OIDC_FAT_ID_TOKENS,
    cookies: { keys: [randomBytes(24).toString('hex')] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_: unknown, accountId: string) => ({
      accountId,
      claims: () => ({ sub: accountId, ...orders.people[accountId] }),
    }),
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    jwks: { keys: [jwk] },
    // Nobody is asked whether the application may know this.
    loadExistingGrant: async ({ oidc }: Parameters<Parameters<Provider['use']>[0]>[0]) => {
      const { accountId } = oidc.session;
      const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId });
      grant.addOIDCScope('openid email profile groups');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: {
      AuthorizationCode: 60,
      IdToken: 600,
      AccessToken: 600,
      Interaction: 600,
      Session: 600,
      Grant: 600,
    },
  });
  // The sites of the tests have ports of their own.
  provider.Client.prototype.redirectUriAllowed = (uri) => {
    const { protocol, hostname, pathname } = new URL(uri);
    return `${protocol}//${hostname}${pathname}` === settings.OIDC_CALLBACK;
  };
  provider.use(async (context, next) => {
    await next();
    const { body } = context;
    if (orders.audience === null || typeof body !== 'object' || body === null || !('id_token' in body))
      return;
    body.id_token = readdress(String(body.id_token), orders.audience);
  });
  return provider;
};

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const provider = createProvider(issuer);
const serve = provider.callback();

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.url === '/orders' && request.method === 'PUT') {
    orders = Orders.parse(await json(request));
    response.writeHead(204).end();
  } else if (request.url?.startsWith('/interaction/')) {
    await answerInteraction(provider, request, response);
  } else {
    await serve(request, response);
  }
}

server.on('request', (request: IncomingMessage, response: ServerResponse) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
});
process.stdin.resume().once('end', () => process.exit(0));
console.log(issuer);
