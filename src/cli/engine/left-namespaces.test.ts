import { expect, it } from 'vitest';
import { leftNamespaces } from './left-namespaces.ts';

it('knows namespaces of containers by where a private engine keeps them', () => {
  const left = [
    '/home/a/.longshore/engine/run/netns/bc58bb79e514',
    '/run/longshore-0123456789ab/netns/0123456789ab',
  ];
  const others = [
    '/',
    '/home/a/.longshore/engine/run/netns/default',
    '/var/run/docker/netns/bc58bb79e514',
    '/run/netns/bc58bb79e514',
  ];
  expect(leftNamespaces([...others, ...left])).toEqual(left);
});
