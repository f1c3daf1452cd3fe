import { createClient, ErrorReply, RESP_TYPES } from '@redis/client';
import { type Command, refusalReason } from './commands.ts';
import { createScriptShim } from './script-shim.ts';

/** The engine's reply, strings as bytes. A script may put errors inside an array. */
export type Reply = Buffer | string | number | null | ErrorReply | Reply[];
/** Upstash's envelope of one command. */
export type Outcome = { result: Reply } | { error: string };

export interface Bridge {
  run(command: Command): Promise<Outcome>;
  /** All or nothing: `error` when the engine discarded the transaction, else one outcome for each command. */
  runTransaction(commands: readonly Command[]): Promise<Outcome[] | { error: string }>;
  /** Without Upstash's rules: for the snapshot. */
  send(command: (string | Buffer)[]): Promise<Reply>;
  close(): void;
}

const toOutcome = (reply: Reply): Outcome =>
  reply instanceof ErrorReply ? { error: reply.message } : { result: reply };

/** Upstash's command semantics over one connection to a stock engine. */
export async function connectBridge(url: string): Promise<Bridge> {
  const client = createClient({
    url,
    RESP: 2,
    disableOfflineQueue: true,
    socket: { reconnectStrategy: false },
    // Bytes, because values need not be UTF-8: the REST response may carry them as base64.
    commandOptions: { typeMapping: { [RESP_TYPES.BLOB_STRING]: Buffer } },
  });
  // Each command in flight rejects on its own; without a listener Node would throw too.
  client.on('error', () => undefined);
  await client.connect();

  const toPortable = createScriptShim();
  const send = (command: (string | Buffer)[]) => client.sendCommand<Reply>(command);
  const sendAsValue = (command: (string | Buffer)[]): Promise<Reply> =>
    send(command).catch((error: unknown) => {
      if (error instanceof ErrorReply) return error;
      throw error;
    });

  return {
    send,
    close: () => client.destroy(),

    async run(command) {
      const refusal = refusalReason(command);
      return refusal ? { error: refusal } : toOutcome(await sendAsValue(toPortable(command)));
    },

    async runTransaction(commands) {
      const refusal = commands.map(refusalReason).find(Boolean);
      if (refusal) return { error: `EXECABORT Transaction discarded because of: ${refusal}` };
      // Written in one go, so no other request's command gets between MULTI and EXEC.
      const replies = [['MULTI'], ...commands.map(toPortable), ['EXEC']].map(sendAsValue);
      const executed = (await Promise.all(replies)).at(-1);
      if (Array.isArray(executed)) return executed.map(toOutcome);
      return {
        error: executed instanceof ErrorReply ? executed.message : 'EXECABORT Transaction discarded.',
      };
    },
  };
}
