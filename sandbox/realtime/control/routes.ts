import type { IncomingMessage } from 'node:http';
import { parseJson, readBody } from '../http/read-body.ts';
import { jsonAnswer } from '../http/respond.ts';
import type { Route } from '../http/route.ts';
import type { Scopes } from '../http/scopes.ts';
import { clearFaults, listCalls, orderFaults, showFaults } from './control.ts';
import { synthesise } from './speech.ts';

/** The sandbox's own endpoints, under `/__sandbox`. */
export function createControlRoutes(scopes: Scopes, certificate: () => string): Route[] {
  const asOperator = (request: IncomingMessage): void =>
    scopes.main.keys.requireApiKey(request.headers.authorization);

  return [
    {
      method: 'GET',
      path: /^\/__sandbox\/calls$/,
      answer: (request, { calls }) => {
        asOperator(request);
        return listCalls(calls);
      },
    },
    {
      method: 'GET',
      path: /^\/__sandbox\/faults$/,
      answer: (request, { faults }) => {
        asOperator(request);
        return showFaults(faults);
      },
    },
    {
      method: 'POST',
      path: /^\/__sandbox\/faults$/,
      answer: async (request, deps) => {
        asOperator(request);
        return orderFaults({ ...deps, isIsolated: deps !== scopes.main }, parseJson(await readBody(request)));
      },
    },
    {
      method: 'DELETE',
      path: /^\/__sandbox\/faults$/,
      answer: (request, { faults }) => {
        asOperator(request);
        return clearFaults(faults);
      },
    },
    {
      method: 'POST',
      path: /^\/__sandbox\/scopes$/,
      answer: (request) => {
        asOperator(request);
        return jsonAnswer(200, { apiKey: scopes.open() });
      },
    },
    {
      method: 'DELETE',
      path: /^\/__sandbox\/scopes$/,
      answer: (request) => {
        asOperator(request);
        scopes.end(request.headers.authorization);
        return jsonAnswer(200, {});
      },
    },
    {
      method: 'POST',
      path: /^\/__sandbox\/speech$/,
      answer: async (request, { media }) => {
        asOperator(request);
        return synthesise(media, parseJson(await readBody(request)));
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
