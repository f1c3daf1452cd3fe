import { createHash, createHmac } from 'node:crypto';

const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface Signing {
  key: string;
  /** The address of the receiver. */
  sub: string;
  header?: object;
  claims?: object;
}

/** Returns a signature as QStash creates it. */
export function signAsQstash(body: string, { key, sub, header = {}, claims = {} }: Signing): string {
  const nowSeconds = Math.floor(Date.now() / 1000);
  const signed = [
    base64url({ alg: 'HS256', typ: 'JWT', ...header }),
    base64url({
      iss: 'Upstash',
      sub,
      iat: nowSeconds,
      nbf: nowSeconds,
      exp: nowSeconds + 300,
      jti: 'jwt_1',
      body: createHash('sha256').update(body).digest('base64url'),
      ...claims,
    }),
  ].join('.');
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
