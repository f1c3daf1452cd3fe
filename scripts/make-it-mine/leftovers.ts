import { spawnSync } from 'node:child_process';

/** The words of the demo business. A fork has none of them. */
const DEMO = 'robin|northside|bicycle|bike';
const EXCEPT = [':!LICENSE', ':!CHANGELOG.md'];

/** Lines of a clone's committed files that still name the demo business, as `path:line:text`. */
export function findLeftovers(root: string): string[] {
  const args = ['grep', '-inIE', DEMO, '--', '.', ...EXCEPT];
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  if (status === 1) return [];
  if (status !== 0) throw new Error(stderr);
  return stdout.trimEnd().split('\n');
}
