import 'server-only';
import { z } from 'zod';
import { type Appointment, listAppointments as list } from '@/business/shop/diary/appointments';
import { longListInWords } from '@/business/shop/words/in-words';
import { defineTool } from '@/lib/server/agents/define-tool';
import { ok } from '@/lib/server/agents/outcome';

const MOST_SAID = 3;

const inWords = ({ service, when, code }: Appointment) => `a ${service} on ${when}, code ${code}`;

export const listAppointments = defineTool({
  name: 'list_appointments',
  title: 'List appointments',
  description: "The visitor's own appointments. Use it when they ask what they have booked.",
  input: z.strictObject({}),
  needsApproval: false,
  async run(_, context) {
    const appointments = await list(context);
    const upcoming = appointments.filter((one) => one.upcoming);
    const data = { appointments: appointments.map(({ number: _number, ...one }) => one) };
    const [next, ...others] = upcoming;
    if (next === undefined) return ok('You have no appointments coming up.', data);
    if (others.length === 0) return ok(`You have ${inWords(next)}.`, data);
    const first = longListInWords(upcoming.slice(0, MOST_SAID).map(inWords));
    const rest = upcoming.length > MOST_SAID ? ' The others are on your screen.' : '';
    return ok(`You have ${upcoming.length} appointments: ${first}.${rest}`, data);
  },
});
