// Two VPCs with a few subnets and security groups, for mount targets: it keeps what is attached to them.
import type { Networks } from '../src/aws/efs/state/mount-target/networks.ts';

const subnets: Readonly<Record<string, readonly [vpcId: string, zone: string]>> = {
  'subnet-a': ['vpc-1', 'a'],
  'subnet-a2': ['vpc-1', 'a'],
  'subnet-b': ['vpc-1', 'b'],
  'subnet-other': ['vpc-2', 'c'],
  'subnet-full': ['vpc-1', 'c'],
};

export class FakeNetworks implements Networks {
  /** By the id of a network interface: its security groups. */
  readonly attached = new Map<string, readonly string[]>();
  readonly #used = new Set<string>();

  subnet(_tx: unknown, { region }: { readonly region: string }, id: string) {
    const subnet = subnets[id];
    if (subnet === undefined) return undefined;
    const [vpcId, zone] = subnet;
    return { vpcId, availabilityZoneName: region + zone, availabilityZoneId: `use1-az-${zone}` };
  }

  hasSecurityGroup(_tx: unknown, _scope: unknown, vpcId: string, id: string): boolean {
    return vpcId === 'vpc-1' && /^sg-[1-9]$/.test(id);
  }

  defaultSecurityGroup(_tx: unknown, _scope: unknown, vpcId: string): string {
    return `sg-default-${vpcId}`;
  }

  attach(...[, , { subnetId, ipAddress, securityGroups }]: Parameters<Networks['attach']>) {
    if (subnetId === 'subnet-full') return 'no free address';
    const address = ipAddress ?? `10.0.0.${this.#used.size + 4}`;
    if (!address.startsWith('10.0.0.')) return 'not in subnet';
    if (this.#used.has(address)) return 'address in use';
    this.#used.add(address);
    const id = `eni-${this.#used.size}`;
    this.attached.set(id, securityGroups);
    return { id, ipAddress: address };
  }

  detach(_tx: unknown, id: string): void {
    this.attached.delete(id);
  }

  changeSecurityGroups(_tx: unknown, id: string, securityGroups: readonly string[]): void {
    this.attached.set(id, securityGroups);
  }
}
