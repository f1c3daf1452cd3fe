import 'server-only';
import { z } from 'zod';
import { SERVICES, type Service } from '@/business/shop/services';
import { lengthInWords, listInWords, priceInWords } from '@/business/shop/words/in-words';
import { parseService, saidService } from '@/business/tools/said-service';
import { defineTool } from '@/lib/server/agents/define-tool';
import { ok } from '@/lib/server/agents/outcome';

/** Named first, with prices. The others are named without, so that the reply stays short enough to listen to. */
const NAMED_WITH_PRICE = 3;

const withPrice = ({ name, pricePounds }: Service) => `a ${name} for ${priceInWords(pricePounds)}`;

export const listServices = defineTool({
  name: 'list_services',
  title: 'List services',
  description:
    'What the workshop does, with prices and how long each takes. Use it for any question about services or prices.',
  input: z.strictObject({
    service: saidService.optional().describe('The one service the visitor asks about. Leave it out for all.'),
  }),
  needsApproval: false,
  timeoutMs: 2000,
  async run(input) {
    if (input.service !== undefined) {
      const asked = parseService(input.service);
      if (!asked.ok) return asked;
      const { name, pricePounds, minutes } = asked.service;
      const summary = `A ${name} costs ${priceInWords(pricePounds)} and takes ${lengthInWords(minutes)}.`;
      return ok(summary, { services: [{ name, pricePounds, minutes }] });
    }
    const first = listInWords(SERVICES.slice(0, NAMED_WITH_PRICE).map(withPrice));
    const others = listInWords(SERVICES.slice(NAMED_WITH_PRICE).map(({ name }) => `a ${name}`));
    const services = SERVICES.map(({ name, pricePounds, minutes }) => ({ name, pricePounds, minutes }));
    return ok(`We do ${first}. We also do ${others}.`, { services });
  },
});
