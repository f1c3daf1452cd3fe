import { execFileSync } from 'node:child_process';
import { Refusal } from './refusal.ts';

const git = (root: string, ...args: string[]): string =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** Throws `Refusal` when `root` is no git work tree, or when something in it is not committed. */
export function requireCleanTree(root: string): void {
  let status: string;
  try {
    status = git(root, 'status', '--porcelain', '--', '.');
    git(root, 'rev-parse', '--verify', 'HEAD');
  } catch {
    throw new Refusal(
      'This folder is not a git repository with a commit. First: git init && git add -A && git commit -m "Start"',
    );
  }
  if (status !== '') {
    throw new Refusal(
      `Commit or stash your changes first, so that everything can be taken back:\n${status.trimEnd()}`,
    );
  }
}

/** Paths of the committed files, relative to `root`. */
export const listFiles = (root: string): string[] => git(root, 'ls-files', '-z').split('\0').filter(Boolean);

/** Every tracked file as it was committed. */
export const restoreFiles = (root: string): void => {
  git(root, 'restore', '--source=HEAD', '--staged', '--worktree', '--', '.');
};
