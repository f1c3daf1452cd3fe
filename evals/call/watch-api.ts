import type { Page, Response } from 'playwright';
import {
  CallTicket,
  EndCallRequest,
  ErrorResponse,
  PreviewRequest,
  Receipt,
  ToolPreview,
  ToolReply,
  ToolRequest,
} from '@/lib/shared/contract';
import type { ApiExchange } from './observed.ts';

const TOOL = /\/api\/voice\/calls\/[^/]+\/tools\/([^/]+?)(\/preview)?$/;
const END = /\/api\/voice\/calls\/[^/]+\/end$/;
const OPEN = /\/api\/voice\/session$/;

/** Returns the exchange of a request to the voice routes; `null` for one that says nothing about the conversation. */
async function readExchange(response: Response): Promise<ApiExchange | null> {
  const { pathname } = new URL(response.url());
  const [, name, isPreview] = TOOL.exec(pathname) ?? [];
  if (name === undefined && !END.test(pathname) && !OPEN.test(pathname)) return null;
  const body: unknown = await response.json();
  if (!response.ok()) {
    const refusal = ErrorResponse.safeParse(body);
    return { kind: 'refused', path: pathname, code: refusal.data?.error.code ?? String(response.status()) };
  }
  const sent: unknown = response.request().postDataJSON();
  if (name !== undefined && isPreview) {
    const preview = ToolPreview.parse(body);
    const { arguments: asked } = PreviewRequest.parse(sent);
    return preview.ok
      ? { kind: 'preview', name, arguments: asked, ok: true, lines: preview.lines, words: '' }
      : { kind: 'preview', name, arguments: asked, ok: false, lines: [], words: preview.error.message };
  }
  if (name !== undefined) {
    const { toolCallId } = ToolRequest.parse(sent);
    return { kind: 'tool', name, toolCallId, reply: ToolReply.parse(body) };
  }
  if (END.test(pathname)) {
    const { reason, seconds } = Receipt.parse(body);
    return { kind: 'end', reason: EndCallRequest.parse(sent).reason ?? reason, seconds };
  }
  const { callId, tools } = CallTicket.parse(body);
  return { kind: 'ticket', callId, tools };
}

/**
 * Collects what the page says to the voice routes of the site and what they answer, in order. `settled` resolves when
 * everything that has begun is read.
 */
export function watchApi(page: Page): { exchanges: ApiExchange[]; settled: () => Promise<unknown> } {
  const exchanges: ApiExchange[] = [];
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    const read = readExchange(response).then(
      (exchange) => void (exchange && exchanges.push(exchange)),
      // The page was closed, or went on to another, before the body was there.
      () => undefined,
    );
    reading.push(read);
  });
  return { exchanges, settled: () => Promise.all(reading) };
}
