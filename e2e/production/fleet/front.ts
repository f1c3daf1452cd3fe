import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adapt, type SiteProxy, startProxy } from '../proxies.ts';

export type Ports = readonly [number, number, number];

/**
 * Who is asked first. So every call is opened at one process, runs its tools at another and ends at a third; the parts of
 * a page never come from the process that made the page, and the owner acts at a process where no call begins.
 */
const ROUTES = `
map $uri $pool {
  default at_0;
  ~^/api/voice/calls/[^/]+/tools/ at_1;
  ~^/api/voice/calls/[^/]+/end$ at_2;
  ~^/api/admin/ at_1;
  ~^/_next/static/ at_2;
}
log_format fleet '$upstream_addr|$upstream_status|$status|$request_method|$uri';
access_log access.log fleet;
`;

export interface Passed {
  /** Ports of the processes that were asked, in this order. */
  asked: number[];
  /** What each of them said. */
  statuses: string[];
  status: number;
  method: string;
  path: string;
}

/** One that is away, or does not have a file, is stood in for by the others: as with the single group of the file. */
const groups = (ports: Ports): string =>
  ports
    .map((own, index) => {
      const others = ports.filter((port) => port !== own).map((port) => `127.0.0.1:${port}`);
      const lines = [`127.0.0.1:${own}`, ...others.map((other) => `${other} backup`)];
      return `upstream at_${index} {\n${lines.map((line) => `  server ${line} max_fails=0;`).join('\n')}\n}`;
    })
    .join('\n');

/** Starts nginx with the configuration of the folder `deploy` in front of the processes, and with fixed routes to them. */
export const startFront = (ports: Ports): Promise<SiteProxy> =>
  startProxy('nginx', ports, (configuration) =>
    adapt(configuration, [
      ['access_log off;', `${groups(ports)}\n${ROUTES}`],
      ['proxy_pass http://parley;', 'proxy_pass http://$pool;'],
    ]),
  );

/** Returns every request that has passed through. */
export const readPassed = (front: SiteProxy): Passed[] =>
  [
    ...readFileSync(join(front.folder, 'access.log'), 'utf8').matchAll(
      /^(127[^|\n]*)\|([^|\n]*)\|(\d+)\|(\w+)\|(.*)$/gm,
    ),
  ].map(([, addresses = '', statuses = '', status, method = '', path = '']) => ({
    asked: [...addresses.matchAll(/:(\d+)/g)].map(([, port]) => Number(port)),
    statuses: statuses.split(', '),
    status: Number(status),
    method,
    path,
  }));
