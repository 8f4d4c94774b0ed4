// A whole control plane on a disk of its own, in this process and without a socket.
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { keyInFile } from '../../src/server/master-key-file.ts';
import { createControlPlane, type ControlPlane } from '../../src/server/control-plane.ts';
import { fleetScope } from './fleet-rows.ts';
import { benchJournal } from './bench-journal.ts';

/** Its journal lies in `directory`; a write that fails ends the benchmark. */
export const openPlane = (directory: string): Promise<ControlPlane> =>
  createControlPlane({
    journal: benchJournal(directory),
    clock: systemClock,
    random: systemRandom,
    masterKey: keyInFile(directory),
    log: silentLog,
    accountId: fleetScope.accountId,
    baseUrl: () => 'http://127.0.0.1:4566',
    stoppedTaskRetention: 3_600_000,
  });
