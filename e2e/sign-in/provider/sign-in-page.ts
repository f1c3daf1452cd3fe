import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type Provider from 'oidc-provider';

const PAGE = `<!doctype html><html lang="en"><head><title>Sign in at Acme</title><link rel="icon" href="data:,"></head>
<body><h1>Sign in at Acme</h1><form method="post">
<label>Account <input name="account" autocomplete="off"></label>
<button name="answer" value="yes">Sign in</button>
<button name="answer" value="no">Cancel</button>
</form></body></html>`;

/** The provider's own page, in the place of the package's, which loads a font from the internet. */
export async function answerInteraction(
  provider: Provider,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(PAGE);
    return;
  }
  const form = new URLSearchParams(await text(request));
  const accountId = form.get('account') ?? '';
  const result =
    form.get('answer') === 'yes'
      ? { login: { accountId } }
      : { error: 'access_denied', error_description: 'The person said no.' };
  await provider.interactionFinished(request, response, result);
}
