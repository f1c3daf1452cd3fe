import { expect, it } from 'vitest';
import { createNextOutput } from './next-output.ts';

const STARTUP = [
  '\u001b[1m\u001b[38;2;173;127;168m▲ Next.js 16.4.5\u001b[39m\u001b[22m (Turbopack)',
  '- Local:         http://127.0.0.1:3000',
  '- Network:       http://127.0.0.1:3000',
  '- Environments: .env',
  '',
  '\u001b[32m\u001b[1m✓\u001b[22m\u001b[39m Ready in 568ms',
  '',
].join('\n');

it("drops Next's startup lines, and detects that it listens", async () => {
  const output = createNextOutput();
  expect(output.filter(STARTUP)).toBe('');
  await output.listening;
});

it('shows everything else as it came, whole lines at a time', () => {
  const output = createNextOutput();
  output.warmingUp = false;
  expect(output.filter('\n⚠ Careful')).toBe('');
  expect(output.filter(' there\n\n GET / 200 in 20ms\n○ Compiling /login ...\nrest')).toBe(
    '⚠ Careful there\n\n GET / 200 in 20ms\n○ Compiling /login ...\n',
  );
});

it('drops the lines of the warm-up, and only those', () => {
  const output = createNextOutput();
  const log = [
    ' GET /login?warm-up \u001b[32m200\u001b[39m in 7.0s',
    '○ Compiling /login ...',
    ' GET /login 200',
    '',
  ];
  expect(output.filter(log.join('\n'))).toBe(' GET /login 200\n');
});
