import { z } from 'zod';
import { ApiError } from '../events/api-error.ts';
import { newId } from '../events/ids.ts';
import type { Item } from './items.ts';

/** Items a client may create. Roles and their content types as in OpenAI's reference. */
const anyId = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[a-zA-Z0-9_-]+$/);
const id = anyId.optional();
const object = z.literal('realtime.item').optional();
const status = z.enum(['completed', 'incomplete', 'in_progress']).nullish();
const common = { id, object, status };
const MAX_TEXT = 256_000;
const text = z.string().max(MAX_TEXT);

const InputText = z.strictObject({ type: z.literal('input_text'), text });
const InputAudio = z.strictObject({
  type: z.literal('input_audio'),
  audio: z.base64(),
  transcript: text.nullish(),
});
const PICTURE = /^data:image\/(?:png|jpe?g);base64,[A-Za-z0-9+/]+={0,2}$/;
const InputImage = z.strictObject({
  type: z.literal('input_image'),
  image_url: z.string(),
  detail: z.enum(['auto', 'low', 'high']).nullish(),
});
const OutputText = z.strictObject({ type: z.literal('output_text'), text });
/** Sent back as it was received, it lacks a text. */
const OutputAudio = z.strictObject({
  type: z.literal('output_audio'),
  text,
  audio: z.string().nullish(),
  transcript: text.nullish(),
});

const message = z.literal('message');
const Message = z.discriminatedUnion('role', [
  z.strictObject({ type: message, role: z.literal('system'), content: z.array(InputText), ...common }),
  z.strictObject({
    type: message,
    role: z.literal('user'),
    content: z.array(z.discriminatedUnion('type', [InputText, InputAudio, InputImage])),
    ...common,
  }),
  z.strictObject({
    type: message,
    role: z.literal('assistant'),
    content: z.array(z.discriminatedUnion('type', [OutputText, OutputAudio])),
    ...common,
  }),
]);

const FunctionCall = z.strictObject({
  type: z.literal('function_call'),
  name: z.string(),
  call_id: id,
  arguments: z.string(),
  ...common,
});
const FunctionCallOutput = z.strictObject({
  type: z.literal('function_call_output'),
  call_id: anyId,
  output: text,
  ...common,
});

const McpApprovalResponse = z.strictObject({
  type: z.literal('mcp_approval_response'),
  approval_request_id: z.string(),
  approve: z.boolean(),
  reason: text.nullish(),
  ...common,
});

export const ItemInput = z.discriminatedUnion('type', [
  Message,
  FunctionCall,
  FunctionCallOutput,
  McpApprovalResponse,
]);
export type ItemInput = z.infer<typeof ItemInput>;

/** The stored form: with an id, without what the wire leaves out. An `input_audio` part always has a transcript key. */
export function toItem(input: ItemInput): Item {
  const itemId = input.id ?? newId('item');
  switch (input.type) {
    case 'function_call':
      return {
        id: itemId,
        type: 'function_call',
        status: 'completed',
        name: input.name,
        call_id: input.call_id ?? newId('call'),
        arguments: input.arguments,
      };
    case 'function_call_output':
      return { id: itemId, type: 'function_call_output', call_id: input.call_id, output: input.output };
    case 'mcp_approval_response': {
      const { type, approval_request_id, approve, reason } = input;
      return { id: itemId, type, approval_request_id, approve, reason: reason ?? null };
    }
    case 'message':
      return toMessage(input, itemId);
  }
}

/** The audio of a user message that comes without its words. */
export function unheardAudio(input: ItemInput): string | null {
  if (input.type !== 'message' || input.role !== 'user') return null;
  const spoken = input.content.find((part) => part.type === 'input_audio');
  return spoken?.type === 'input_audio' && !spoken.transcript ? spoken.audio : null;
}

function toMessage(input: Extract<ItemInput, { type: 'message' }>, itemId: string): Item {
  const head = { id: itemId, type: 'message', status: input.status ?? 'completed' } as const;
  if (input.role === 'system') return { ...head, role: 'system', content: input.content };
  if (input.role === 'assistant') {
    return { ...head, role: 'assistant', content: input.content.map(requireText) };
  }
  const content = input.content.map((part, index) => {
    if (part.type === 'input_audio') return heardPart(part.transcript ?? null);
    if (part.type === 'input_text') return part;
    requirePicture(part.image_url, `item.content[${index}].image_url`);
    return { type: part.type, image_url: part.image_url, detail: part.detail ?? ('auto' as const) };
  });
  return { ...head, role: 'user', content };
}

/** Of an agent's earlier words only the text can be created. @throws ApiError `invalid_value` for the sound */
function requireText(
  part: z.infer<typeof OutputText | typeof OutputAudio>,
  index: number,
): z.infer<typeof OutputText> {
  if (part.type === 'output_text') return part;
  const message = "Invalid value: 'output_audio'. Supported values are: 'output_text'.";
  throw new ApiError(400, 'invalid_value', message, `item.content[${index}].type`);
}

/** @throws ApiError `invalid_value` unless the picture itself is in the event */
function requirePicture(url: string, param: string): void {
  if (PICTURE.test(url)) return;
  const message = `Invalid '${param}'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got an invalid value.`;
  throw new ApiError(400, 'invalid_value', message, param);
}

/** A user turn whose words are not known yet. */
export const spokenTurn = (id: string): Item => ({
  id,
  type: 'message',
  status: 'completed',
  role: 'user',
  content: [heardPart(null)],
});

/**
 * A spoken part of a user message. On the wire the transcript is `null` until it is known; OpenAI's own type
 * omits `null`; only this place adds it.
 */
export function heardPart(transcript: string | null): { type: 'input_audio'; transcript: string } {
  return { type: 'input_audio', transcript: transcript as string };
}
