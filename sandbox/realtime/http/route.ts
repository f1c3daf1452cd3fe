import type { IncomingMessage } from 'node:http';
import type { Answer } from './respond.ts';
import type { ServerDeps } from './scopes.ts';

/** One endpoint. */
export interface Route {
  method: string;
  path: RegExp;
  /** `deps` are those of the request's scope, `param` is the match of the path's first group. */
  answer(request: IncomingMessage, deps: ServerDeps, param: string): Promise<Answer> | Answer;
}
