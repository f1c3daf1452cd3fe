import 'server-only';
import { z } from 'zod';
import { site } from '@/business/site';
import { defineTool } from '@/lib/server/agents/define-tool';
import { ok } from '@/lib/server/agents/outcome';

/** The browser hangs up after a run of the tool of this name, once the agent's last words have been played. */
export const endCall = defineTool({
  name: 'end_call',
  title: 'End the call',
  description:
    'Ends the call. Use it when the visitor says goodbye or asks to hang up, right after you have said goodbye yourself.',
  input: z.strictObject({}),
  needsApproval: false,
  async run() {
    return ok(site.goodbye, null);
  },
});
