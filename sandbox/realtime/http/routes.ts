import type { IncomingMessage } from 'node:http';
import { underFault } from '../control/endpoint-fault.ts';
import { newId } from '../protocol/events/ids.ts';
import { createSession } from '../protocol/policy/session.ts';
import { requireJson } from './content-type.ts';
import { mint } from './mint.ts';
import { readOfferForm, readRawOffer } from './offer.ts';
import { openCall } from './open-call.ts';
import { parseJson, readBody } from './read-body.ts';
import { withoutLocation } from './respond.ts';
import type { Route } from './route.ts';
import type { ServerDeps } from './scopes.ts';

export const readSafetyIdentifier = (request: IncomingMessage): string | null => {
  const value = request.headers['openai-safety-identifier'];
  return typeof value === 'string' ? value : null;
};

/** The endpoints of OpenAI that a voice app uses. */
export function createRoutes({ keys }: ServerDeps): Route[] {
  const asOperator = (request: IncomingMessage): void => keys.requireApiKey(request.headers.authorization);

  return [
    {
      method: 'POST',
      path: /^\/v1\/realtime\/client_secrets$/,
      answer(request, { faults, secrets, mcpHosts }) {
        const fault = faults.take('mint');
        return underFault(fault, 200, async () => {
          asOperator(request);
          const body = await readBody(request);
          requireJson(request.headers, body);
          return mint(parseJson(body), {
            secrets,
            mcpHosts,
            safetyIdentifier: readSafetyIdentifier(request),
            secretPrefix: fault?.secretPrefix,
          });
        });
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/realtime\/calls$/,
      async answer(request, deps) {
        const { faults, secrets } = deps;
        const fault = faults.take('calls');
        const answer = await underFault(fault, 201, async () => {
          const bearer = keys.read(request.headers.authorization);
          if (bearer.kind === 'secret') {
            const { session, safetyIdentifier, value: secret } = secrets.get(bearer.value);
            const sdp = readRawOffer(request.headers, await readBody(request));
            return openCall(deps, { sdp, session, safetyIdentifier, secret });
          }
          const { sdp, policy } = await readOfferForm(request.headers, await readBody(request));
          const session = createSession(policy, newId('sess'));
          return openCall(deps, {
            sdp,
            session,
            safetyIdentifier: readSafetyIdentifier(request),
            secret: null,
          });
        });
        return fault?.noLocation ? withoutLocation(answer) : answer;
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/realtime\/calls\/([^/]+)\/hangup$/,
      answer: (request, { faults, calls }, callId) =>
        underFault(faults.take('hangup'), 200, () => {
          asOperator(request);
          calls.get(callId).end('hangup');
          return { status: 200 };
        }),
    },
  ];
}
