import type { IncomingMessage } from 'node:http';
import { clearFaults, listCalls, orderFaults, showFaults } from '../control/control.ts';
import { underFault } from '../control/endpoint-fault.ts';
import { newId } from '../protocol/events/ids.ts';
import { createSession } from '../protocol/policy/session.ts';
import type { KeyRing } from './bearer.ts';
import { mint } from './mint.ts';
import { readOfferForm, readRawOffer } from './offer.ts';
import { openCall } from './open-call.ts';
import { parseJson, readBody } from './read-body.ts';
import { type Answer, jsonAnswer, withoutLocation } from './respond.ts';
import type { Secrets } from './secrets.ts';
import type { CallDeps } from './start-call.ts';

export interface ServerDeps extends CallDeps {
  keys: KeyRing;
  secrets: Secrets;
}

export interface Route {
  method: string;
  path: RegExp;
  /** `param` is the match of the path's first group. */
  answer(request: IncomingMessage, param: string): Promise<Answer> | Answer;
}

export const readSafetyIdentifier = (request: IncomingMessage): string | null => {
  const value = request.headers['openai-safety-identifier'];
  return typeof value === 'string' ? value : null;
};

/** The endpoints of OpenAI that a voice app uses, and the sandbox's own under `/__sandbox`. */
export function createRoutes(deps: ServerDeps, certificate: () => string): Route[] {
  const { keys, calls, faults, secrets } = deps;
  const asOperator = (request: IncomingMessage): void => keys.requireApiKey(request.headers.authorization);

  return [
    {
      method: 'POST',
      path: /^\/v1\/realtime\/client_secrets$/,
      answer(request) {
        const fault = faults.take('mint');
        return underFault(fault, 200, async () => {
          asOperator(request);
          const body = parseJson(await readBody(request));
          return mint(body, {
            secrets,
            mcpHosts: deps.mcpHosts,
            safetyIdentifier: readSafetyIdentifier(request),
            secretPrefix: fault?.secretPrefix,
          });
        });
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/realtime\/calls$/,
      async answer(request) {
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
      answer: (request, callId) =>
        underFault(faults.take('hangup'), 200, () => {
          asOperator(request);
          calls.get(callId).end('hangup');
          return { status: 200 };
        }),
    },
    {
      method: 'GET',
      path: /^\/__sandbox\/calls$/,
      answer: (request) => {
        asOperator(request);
        return listCalls(calls);
      },
    },
    {
      method: 'GET',
      path: /^\/__sandbox\/faults$/,
      answer: (request) => {
        asOperator(request);
        return showFaults(faults);
      },
    },
    {
      method: 'POST',
      path: /^\/__sandbox\/faults$/,
      answer: async (request) => {
        asOperator(request);
        return orderFaults({ faults, calls, secrets }, parseJson(await readBody(request)));
      },
    },
    {
      method: 'DELETE',
      path: /^\/__sandbox\/faults$/,
      answer: (request) => {
        asOperator(request);
        return clearFaults(faults);
      },
    },
    { method: 'GET', path: /^\/__sandbox\/health$/, answer: () => jsonAnswer(200, { ok: true }) },
    {
      method: 'GET',
      path: /^\/__sandbox\/certificate$/,
      answer: () => ({
        status: 200,
        headers: { 'content-type': 'application/x-pem-file' },
        body: certificate(),
      }),
    },
  ];
}
