// A network bridge for Longshore's own engine on a machine where another engine holds the usual one.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';

/** The bridge of the engine in `directory`. */
export const bridgeName = (directory: string): string =>
  `ls-${createHash('sha256').update(directory).digest('hex').slice(0, 10)}`;

/** Makes the bridge where it is missing, on a subnet that nothing has, and lets its traffic pass. `path` is where programs are looked for. */
export function makeBridge(directory: string, path: string): void {
  const name = bridgeName(directory);
  try {
    if (!existsSync(`/sys/class/net/${name}`)) {
      const subnet = freeSubnet(run(path, 'ip', '-o', '-4', 'address'));
      run(path, 'ip', 'link', 'add', 'name', name, 'type', 'bridge');
      run(path, 'ip', 'address', 'add', `${subnet}.1/24`, 'dev', name);
    }
    run(path, 'ip', 'link', 'set', name, 'up');
    for (const rule of rules(name)) if (!editRule(path, '-C', rule)) editRule(path, '-I', rule);
  } catch (error) {
    throw new Error(
      `Another Docker engine runs here, and a network for a second one cannot be created: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** Takes away what `makeBridge` made; nothing happens when it made nothing. */
export function removeBridge(directory: string, path: string): void {
  const name = bridgeName(directory);
  if (!existsSync(`/sys/class/net/${name}`)) return;
  for (const rule of rules(name)) editRule(path, '-D', rule);
  run(path, 'ip', 'link', 'delete', name);
}

/** The first three octets of a /24 in 172.30.0.0/16 that `addresses`, the list of `ip address`, does not mention. */
export function freeSubnet(addresses: string): string {
  for (let third = 0; third < 256; third++) {
    if (!addresses.includes(` 172.30.${third}.`)) return `172.30.${third}`;
  }
  throw new Error('no free /24 in 172.30.0.0/16');
}

type Rule = readonly [table: string, chain: string, ...rule: string[]];

/** Packets that come from the bridge are marked, and leave the machine under its own address. */
const rules = (name: string): readonly Rule[] => [
  ['filter', 'FORWARD', '-i', name, '-j', 'ACCEPT'],
  ['filter', 'FORWARD', '-o', name, '-j', 'ACCEPT'],
  ['mangle', 'PREROUTING', '-i', name, '-j', 'MARK', '--set-mark', '0x15'],
  ['nat', 'POSTROUTING', '-m', 'mark', '--mark', '0x15', '!', '-o', name, '-j', 'MASQUERADE'],
];

/** Whether it succeeded: a check finds no such rule, and whoever reloaded the firewall may have taken one away. */
function editRule(path: string, edit: '-C' | '-I' | '-D', [table, chain, ...rule]: Rule): boolean {
  try {
    run(path, 'iptables', '-w', '-t', table, edit, chain, ...rule);
    return true;
  } catch (error) {
    if (edit === '-I') throw error;
    return false;
  }
}

const run = (path: string, program: string, ...args: string[]): string =>
  execFileSync(program, args, { env: { ...process.env, PATH: path }, stdio: 'pipe', encoding: 'utf8' });
