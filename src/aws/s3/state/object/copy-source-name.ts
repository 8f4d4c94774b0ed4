// What x-amz-copy-source names. Who may copy is decided by it, and what is copied: both must read the same of it.

export interface CopySourceName {
  readonly Bucket: string;
  readonly Key: string;
  readonly VersionId?: string | undefined;
}

/** Of `bucket/key?versionId=…`, encoded, with a slash before it or not; undefined where it names no bucket and key. */
export function copySourceName(text: string): CopySourceName | undefined {
  const [path = '', version] = text.replace(/^\//, '').split('?versionId=', 2);
  const decoded = decodedPath(path);
  const slash = decoded.indexOf('/');
  if (slash < 1 || slash === decoded.length - 1) return undefined;
  return { Bucket: decoded.slice(0, slash), Key: decoded.slice(slash + 1), VersionId: version };
}

/** Empty where it is no encoded text. */
function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
