import { crc32 } from 'node:zlib';
import { property, assert as check, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { combinedCrc, Crc, crc32cForm, crc32Form, crc64NvmeForm } from './crc.ts';

const of = (form: typeof crc32Form, ...pieces: Uint8Array[]): Buffer => {
  const crc = new Crc(form);
  for (const piece of pieces) crc.update(piece);
  return crc.digest();
};

test.each([
  ['CRC-32', crc32Form, 'cbf43926'],
  ['CRC-32C', crc32cForm, 'e3069283'],
  ['CRC-64/NVME', crc64NvmeForm, 'ae8b14860a799888'],
] as const)('%s of the nine digits', (_, form, expected) => {
  expect(of(form, Buffer.from('123456789')).toString('hex')).toBe(expected);
  expect(of(form, Buffer.from('1234'), Buffer.from(''), Buffer.from('56789')).toString('hex')).toBe(expected);
});

test('that of any bytes is that of node', () => {
  check(
    property(uint8Array({ maxLength: 100 }), (bytes) => {
      expect(of(crc32Form, bytes).readUInt32BE()).toBe(crc32(bytes));
    }),
  );
});

test.each([crc32Form, crc32cForm, crc64NvmeForm])(
  'that of a whole follows from those of its parts',
  (form) => {
    check(
      property(uint8Array({ maxLength: 60 }), uint8Array({ maxLength: 300 }), (first, second) => {
        const combined = combinedCrc(form, of(form, first), of(form, second), second.length);
        expect(combined).toEqual(of(form, first, second));
      }),
    );
  },
);
