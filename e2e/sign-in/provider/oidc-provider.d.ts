/** The part of the package that the provider of the tests uses. It has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Grant {
    addOIDCScope(scope: string): void;
    save(): Promise<string>;
  }
  interface Context {
    body: unknown;
    oidc: { route: string; client: { clientId: string }; session: { accountId: string }; provider: Provider };
  }
  type InteractionResult = { login: { accountId: string } } | { error: string; error_description: string };

  export default class Provider {
    constructor(issuer: string, settings: object);
    readonly Grant: new (facts: {
      clientId: string;
      accountId: string;
    }) => Grant;
    readonly Client: { prototype: { redirectUriAllowed(uri: string): boolean } };
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
    interactionFinished(
      request: IncomingMessage,
      response: ServerResponse,
      result: InteractionResult,
    ): Promise<void>;
  }
}
