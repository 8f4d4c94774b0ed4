import { expect, it } from 'vitest';
import { leftNamespaces, pointsOf } from './left-namespaces.ts';

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

it('reads mount points as they are, blanks too', () => {
  const table =
    'proc /proc proc rw 0 0\nnsfs /home/a\\040b/engine/run/netns/bc58bb79e514 nsfs rw 0 0\ntmpfs /back\\134slash tmpfs rw 0 0\n';
  expect(pointsOf(table)).toEqual(['/proc', '/home/a b/engine/run/netns/bc58bb79e514', '/back\\slash']);
});
