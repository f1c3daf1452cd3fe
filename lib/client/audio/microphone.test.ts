import { expect, it, vi } from 'vitest';
import { microphoneProblem, openMicrophone, watchPermission } from '@/lib/client/audio/microphone';
import { thisBrowser } from '@/lib/client/page/browser';
import { asDom, FakePermission, FakeStream } from '@/lib/client/testing/fake-media';

it.each([
  ['NotAllowedError', 'Permission dismissed', 'prompt', 'dismissed'],
  ['NotAllowedError', 'Permission denied', 'denied', 'blocked'],
  ['NotAllowedError', '', null, 'blocked'],
  ['NotAllowedError', 'Permission denied by system', 'prompt', 'blocked_by_system'],
  ['NotAllowedError', 'Permission denied by system', 'denied', 'blocked_by_system'],
  ['NotAllowedError', 'Permission denied', 'granted', 'blocked_by_system'],
  ['SecurityError', '', null, 'blocked'],
  ['NotFoundError', '', 'granted', 'missing'],
  ['NotReadableError', '', 'granted', 'in_use'],
  ['AbortError', '', 'granted', 'in_use'],
  ['TypeError', '', null, 'failed'],
] as const)('%s "%s" with permission %s means %s', (name, message, permission, expected) => {
  expect(microphoneProblem({ name, message }, permission)).toBe(expected);
});

it('falls back to the default microphone when the remembered one is gone', async () => {
  const stream = asDom<MediaStream>(new FakeStream());
  const getUserMedia = vi
    .fn()
    .mockRejectedValueOnce(new DOMException('', 'OverconstrainedError'))
    .mockResolvedValueOnce(stream);
  expect(await openMicrophone({ ...thisBrowser, getUserMedia }, 'usb-1')).toBe(stream);
  const voice = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  expect(getUserMedia.mock.calls).toEqual([
    [{ audio: { ...voice, deviceId: { exact: 'usb-1' } } }],
    [{ audio: voice }],
  ]);
});

it('watches the permission until the block is lifted or the watch is stopped', async () => {
  const status = new FakePermission('denied');
  const browser = { ...thisBrowser, microphonePermission: async () => asDom<PermissionStatus>(status) };
  const onAllowed = vi.fn();
  watchPermission(browser, onAllowed);
  const stop = watchPermission(browser, onAllowed);
  await Promise.resolve();
  stop();
  status.change('denied');
  expect(onAllowed).not.toHaveBeenCalled();
  status.change('granted');
  status.change('prompt');
  expect(onAllowed).toHaveBeenCalledOnce();
});
