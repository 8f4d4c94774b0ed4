import { expect, it } from 'vitest';
import { readState } from './server-state.ts';

const page = `# HELP process_resident_memory_bytes Resident memory size in bytes.
process_resident_memory_bytes 104857600
nodejs_heap_size_used_bytes 5.24288e+7
process_open_fds 31
longshore_store_revision 17
longshore_api_requests_total{operation="RunTask",code="ServerException"} 2
longshore_api_requests_total{operation="StopTask",code="ServerException"} 1
longshore_api_requests_total{operation="StopTask",code="OK"} 90
`;

it('reads what shows wear', () => {
  expect(readState(page)).toEqual({
    rssMiB: 100,
    heapMiB: 50,
    openFiles: 31,
    commits: 17,
    serverExceptions: 3,
  });
});

it('takes what is not there for nothing', () => {
  expect(readState('').serverExceptions).toBe(0);
});
