import type { RegistryEngine } from '../registry-engine.ts';

/** Takes a manifest out of the engine; one that it does not have is no error. Rejects where the engine cannot do it now. */
export async function deleteManifest(
  engine: RegistryEngine,
  { engineName, digest }: { readonly engineName: string; readonly digest: string },
): Promise<void> {
  const target = `/v2/${engineName}/manifests/${digest}`;
  const { status, body } = await engine.send({ method: 'DELETE', target, headers: {} });
  body.destroy();
  if (status !== 202 && status !== 404) throw new Error(`the registry's engine answers ${status}`);
}
