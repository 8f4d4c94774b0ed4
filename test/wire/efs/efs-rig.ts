// A whole control plane in memory whose networks and directories are fakes, spoken to by the EFS client of the AWS SDK.
import {
  CreateAccessPointCommand,
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  DescribeFileSystemsCommand,
  EFSClient,
  type CreateAccessPointCommandInput,
  type CreateFileSystemCommandInput,
  type CreateMountTargetCommandInput,
  type DescribeFileSystemsCommandInput,
} from '@aws-sdk/client-efs';
import type { FileSystemDirectories } from '../../../src/aws/efs/controllers/file-system-directories/directories.ts';
import { EcsRig } from '../../../test-support/ecs-rig.ts';
import { FakeNetworks } from '../../../test-support/fake-networks.ts';

/** The SDK makes a client token where there is none. */
export type AccessPointInput = Omit<CreateAccessPointCommandInput, 'ClientToken'> & { ClientToken?: string };

class FakeDirectories implements FileSystemDirectories {
  /** Ids of file systems whose directories there are. */
  readonly there = new Set<string>();
  /** Whether none can be made. */
  broken = false;

  make(id: string): void {
    if (this.broken) throw new Error('the disk is full');
    this.there.add(id);
  }

  remove(id: string): void {
    this.there.delete(id);
  }
}

export class EfsRig {
  readonly ecsRig: EcsRig;
  readonly efs: EFSClient;
  readonly networks: FakeNetworks;
  readonly directories: FakeDirectories;

  private constructor(ecsRig: EcsRig, networks: FakeNetworks, directories: FakeDirectories) {
    this.ecsRig = ecsRig;
    this.efs = ecsRig.clientOf(EFSClient);
    this.networks = networks;
    this.directories = directories;
  }

  static async open(): Promise<EfsRig> {
    const networks = new FakeNetworks();
    const directories = new FakeDirectories();
    return new EfsRig(await EcsRig.open({ networks, directories }), networks, directories);
  }

  /** A file system whose directory is there. */
  async create(input: CreateFileSystemCommandInput = {}): Promise<string> {
    const { FileSystemId } = await this.efs.send(new CreateFileSystemCommand(input));
    await this.ecsRig.clock.advance(10);
    return FileSystemId!;
  }

  async describeAll(input: DescribeFileSystemsCommandInput = {}) {
    return (await this.efs.send(new DescribeFileSystemsCommand(input))).FileSystems!;
  }

  accessPoint(input: AccessPointInput) {
    return this.efs.send(new CreateAccessPointCommand(input as CreateAccessPointCommandInput));
  }

  mount(input: CreateMountTargetCommandInput) {
    return this.efs.send(new CreateMountTargetCommand(input));
  }
}

/** An id that no file system has. */
export const none = 'fs-00000000000000000';
