import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ValidationSeverity, type ValidatorSettings, validate } from 'dockerfile-utils';
import { describe, expect, test, vi } from 'vitest';
import { readDockerfile, readImage } from './dockerfile.ts';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');

const stages = readDockerfile();
const instructions = stages.flat();
const textsOf = (name: string) => instructions.filter((one) => one.name === name).map(({ text }) => text);
const nodeOfCi = [...new Set(read('.github/workflows/nightly.yml').match(/node-version: \d+/g))];

const STRICT: ValidatorSettings = {
  deprecatedMaintainer: ValidationSeverity.ERROR,
  directiveCasing: ValidationSeverity.ERROR,
  emptyContinuationLine: ValidationSeverity.ERROR,
  instructionCasing: ValidationSeverity.ERROR,
  instructionCmdMultiple: ValidationSeverity.ERROR,
  instructionEntrypointMultiple: ValidationSeverity.ERROR,
  instructionHealthcheckMultiple: ValidationSeverity.ERROR,
  instructionJSONInSingleQuotes: ValidationSeverity.ERROR,
  instructionWorkdirRelative: ValidationSeverity.ERROR,
};
const lint = (text: string) => validate(text, STRICT).map(({ message }) => message);

describe('the Dockerfile', () => {
  test('passes the checker of Docker’s extension, which finds a mistake', () => {
    const text = read('Dockerfile');
    expect(lint(text)).toEqual([]);
    expect(lint(text.replace('USER 1000', 'USR 1000'))).toEqual(['Unknown instruction: USR']);
    expect(lint(text.replace('--interval=30s', '--interval=30'))).not.toEqual([]);
  });

  test('has two stages, on the Node of CI', () => {
    expect(stages.length).toBe(2);
    const majors = textsOf('FROM').map((from) => /^node:(\d+)-slim(?: AS build)?$/.exec(from)?.[1]);
    expect(majors.map((major) => `node-version: ${major}`)).toEqual([...nodeOfCi, ...nodeOfCi]);
  });

  test('runs the server by itself, as a user who owns nothing, on every interface', () => {
    const { command, user, env } = readImage();
    expect(command).toEqual(['node', 'server.js']);
    // `node` of the base image; Kubernetes cannot verify that a name is not root's.
    expect(user).toBe('1000');
    expect(env).toMatchObject({ NODE_ENV: 'production', HOSTNAME: '0.0.0.0', PORT: '3000' });
    expect(textsOf('COPY').filter((copy) => copy.includes('--chown'))).toEqual([]);
    const last = stages.at(-1)?.map(({ name }) => name) ?? [];
    expect(last.indexOf('USER')).toBeGreaterThan(last.lastIndexOf('COPY'));
    expect(last).not.toContain('RUN');
  });

  test('takes from the build the standalone folder and nothing else', () => {
    expect(stages.at(-1)?.filter(({ name }) => ['COPY', 'ADD'].includes(name))).toEqual([
      { name: 'COPY', text: '--from=build /app/.next/standalone ./' },
    ]);
  });

  test('builds with development dependencies, and by the script that the tests use', () => {
    const build = stages[0] ?? [];
    expect(build.filter(({ name, text }) => name === 'ENV' && text.includes('NODE_ENV'))).toEqual([]);
    expect(build.at(-1)?.text).toContain('npm run build:image');
  });

  test('has no setting or secret in it', () => {
    expect(textsOf('ARG')).toEqual(['DEPLOYMENT_ID']);
    expect(instructions.filter(({ text }) => /\.env(?!\.PORT)|KEY|SECRET|TOKEN|REDIS/.test(text))).toEqual(
      [],
    );
  });

  test('has a health check that does not ask the database', () => {
    const check = readImage().healthCheck.join(' ');
    expect(check).toContain('fetch(');
    expect(check).not.toMatch(/api\/health`/);
  });
});

test('.dockerignore keeps settings, history and what was built here out of the build', () => {
  const ignored = read('.dockerignore').split('\n');
  for (const path of ['.git', '**/.env*', '**/node_modules', '.next', '.parley']) {
    expect(ignored).toContain(path);
  }
});

test('the container for development has the Node of CI, and installs everything', () => {
  const text = read('.devcontainer/devcontainer.json').replace(/^\/\/.*$/gm, '');
  const container = JSON.parse(text);
  expect(nodeOfCi).toEqual([`node-version: ${container.image.split(':').at(-1)}`]);
  expect(container).toMatchObject({ forwardPorts: [3000], postCreateCommand: 'npm ci' });
});

test('Next makes the folder of the image for `npm run build:image`, and for nothing else', async () => {
  const outputOf = async (build: string) => {
    vi.resetModules();
    vi.stubEnv('PARLEY_BUILD', build);
    const { default: config } = await import('../../../next.config.ts');
    vi.unstubAllEnvs();
    return config.output;
  };
  expect(await outputOf('image')).toBe('standalone');
  expect(await outputOf('')).toBeUndefined();
  expect(read('scripts/build-image.ts')).toContain("PARLEY_BUILD: 'image'");
});
