// Keeps on record how far the control plane's time has come, so that it goes on from there after a restart, though the machine's
// clock was set back meanwhile: instants that are stored are compared with it.
import { steadyClock, type Clock, type Machine, type Timer } from '../lib/clock.ts';
import type { Store } from '../store/store.ts';
import { clockMarks } from './clock-marks.ts';

/** Ms; by so much at most the time goes back where the machine's clock was set back while the process was not there. */
const markEvery = 10_000;

/** The control plane's clock: never behind what is on record. */
export function clockOf(store: Store, machine: Machine): Clock {
  const mark = store.view((tx) => tx.table(clockMarks).get('control-plane'));
  return steadyClock(machine, mark?.at);
}

/** Marks the time again and again, as long as something else is stored; answers the call that ends it. */
export function keepClockMark(store: Store, clock: Clock): () => void {
  let marked = -1;
  let timer: Timer;
  const again = (): void => {
    timer = clock.after(markEvery, () => {
      if (store.revision !== marked)
        store.update((tx) => tx.table(clockMarks).put({ name: 'control-plane', at: clock.now() }));
      marked = store.revision;
      again();
    });
  };
  again();
  return () => timer.cancel();
}
