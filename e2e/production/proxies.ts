import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findNeighbouringPorts } from '../browser/free-ports.ts';

const READY_WITHIN_MS = 15_000;
/** The name in the configurations, which a deployer replaces. */
export const HOST = 'voice.example.com';

export interface SiteProxy {
  httpPort: number;
  httpsPort: number;
  /** PEM: what a client must trust. */
  certificate: string;
  /** Where it may write, until it stops. Paths in its configuration begin here. */
  folder: string;
  printed(): string;
  stop(): Promise<void>;
}

interface Place {
  folder: string;
  httpPort: number;
  httpsPort: number;
  appPorts: readonly [number, ...number[]];
}

/** Replaces what stands in a configuration, everywhere. Throws when it does not: the configuration was changed. */
export function adapt(text: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce((before, [from, to]) => {
    if (!before.includes(from)) throw new Error(`The configuration has no "${from}".`);
    return before.replaceAll(from, to);
  }, text);
}

const readConfiguration = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../deploy/${name}`, import.meta.url)), 'utf8');

/** A kind of proxy: what its configuration needs in order to run here, on other ports and with another certificate. */
interface Kind {
  program: string;
  configure(place: Place): string;
  words(folder: string): string[];
}

const NGINX: Kind = {
  program: 'nginx',
  configure({ folder, httpPort, httpsPort, appPorts }) {
    const site = adapt(readConfiguration('nginx.conf'), [
      // Not every machine that tests has IPv6.
      ['listen [::]', '# listen [::]'],
      ['listen 80', `listen 127.0.0.1:${httpPort}`],
      ['listen 443', `listen 127.0.0.1:${httpsPort}`],
      [
        '  server 127.0.0.1:3000 max_fails=0;',
        appPorts.map((port) => `  server 127.0.0.1:${port} max_fails=0;`).join('\n'),
      ],
      [`/etc/letsencrypt/live/${HOST}/fullchain.pem`, join(folder, 'certificate.pem')],
      [`/etc/letsencrypt/live/${HOST}/privkey.pem`, join(folder, 'key.pem')],
    ]);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
      .map((name) => `${name}_temp_path ${folder}/${name};`)
      .join('\n');
    return `daemon off;\nmaster_process off;\npid ${folder}/pid;\nerror_log stderr;\nevents {}\nhttp {\naccess_log off;\n${temporary}\n${site}\n}\n`;
  },
  words: (folder) => ['-p', folder, '-c', join(folder, 'configuration')],
};

const CADDY: Kind = {
  program: 'caddy',
  configure({ folder, httpPort, httpsPort, appPorts }) {
    const [certificate, key] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
    const several: [string, string][] =
      appPorts.length > 1 ? [['\t\t# fail_duration 1s', '\t\tfail_duration 1s']] : [];
    return adapt(readConfiguration('Caddyfile'), [
      ...several,
      ['\n{\n', `\n{\n\tadmin off\n\thttp_port ${httpPort}\n\thttps_port ${httpsPort}\n`],
      [`\n${HOST} {\n`, `\n${HOST} {\n\tbind 127.0.0.1\n\ttls ${certificate} ${key}\n`],
      [
        'reverse_proxy 127.0.0.1:3000',
        `reverse_proxy ${appPorts.map((port) => `127.0.0.1:${port}`).join(' ')}`,
      ],
    ]);
  },
  words: (folder) => ['run', '--adapter', 'caddyfile', '--config', join(folder, 'configuration')],
};

export const PROXIES = { nginx: NGINX, caddy: CADDY } as const;
export type ProxyName = keyof typeof PROXIES;

function makeCertificate(folder: string): void {
  const words = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2',
  ];
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')];
  const name = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
  execFileSync('openssl', [...words, ...files, ...name], { stdio: 'ignore' });
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const listens = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return listens;
}

/**
 * Starts a proxy with the configuration of the folder `deploy`, in front of the processes of a site. `edit` changes the
 * configuration before it is used.
 */
export async function startProxy(
  name: ProxyName,
  appPorts: Place['appPorts'],
  edit = (configuration: string) => configuration,
): Promise<SiteProxy> {
  const { program, configure, words } = PROXIES[name];
  const folder = mkdtempSync(join(tmpdir(), 'parley-proxy-'));
  const httpPort = await findNeighbouringPorts(2);
  const httpsPort = httpPort + 1;
  makeCertificate(folder);
  writeFileSync(join(folder, 'configuration'), edit(configure({ folder, httpPort, httpsPort, appPorts })));
  // Debian keeps servers in folders that are not in every user's PATH.
  const PATH = `${process.env.PATH}:/usr/sbin:/sbin`;
  const env = { ...process.env, PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
  const child = spawn(program, words(folder), {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
  }
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true });
  };
  const giveUp = AbortSignal.timeout(READY_WITHIN_MS);
  while (!(await isListening(httpsPort))) {
    if (giveUp.aborted || child.exitCode !== null) {
      if (child.exitCode === null) await stop();
      throw new Error(`${name} did not start:\n${printed}`);
    }
    await delay(50);
  }
  const certificate = readFileSync(join(folder, 'certificate.pem'), 'utf8');
  return { httpPort, httpsPort, certificate, folder, printed: () => printed, stop };
}
