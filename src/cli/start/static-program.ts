// Whether a program runs without any library, as it must in an image that holds nothing else.

const interpreterSegment = 3;

/** True for a 64-bit little-endian ELF program that names no dynamic loader. */
export function isStaticProgram(file: Uint8Array): boolean {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  if (file.byteLength < 64 || view.getUint32(0) !== 0x7f454c46 || file[4] !== 2 || file[5] !== 1)
    return false;
  const start = Number(view.getBigUint64(32, true));
  const size = view.getUint16(54, true);
  const count = view.getUint16(56, true);
  if (start + size * count > file.byteLength) return false;
  return Array.from({ length: count }, (_, index) => view.getUint32(start + index * size, true)).every(
    (type) => type !== interpreterSegment,
  );
}
