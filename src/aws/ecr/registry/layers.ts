// Layers: read, looked for, and uploaded piece by piece.
import type { HttpResponse } from '../../../wire/http.ts';
import { repositoryArn } from '../state/arn.ts';
import { repositories } from '../state/repository/repositories.ts';
import { engineName } from '../state/engine-name.ts';
import { requireAllowed, type AllowedCall, type RegistryFront } from './allowed-call.ts';
import { askAbout, passBack } from './pass-on.ts';
import { RegistryError } from './reply.ts';

export const blobCall = async (
  front: RegistryFront,
  call: AllowedCall,
  digest: string,
): Promise<HttpResponse> => passBack(call.repository, await askAbout(front, call, `/blobs/${digest}`));

export async function uploadCall(
  front: RegistryFront,
  call: AllowedCall,
  upload: string,
): Promise<HttpResponse> {
  const query = engineQuery(front, call);
  const text = query.size === 0 ? '' : `?${query.toString()}`;
  return passBack(call.repository, await askAbout(front, call, `/blobs/uploads/${upload}${text}`));
}

/** A layer of another repository is taken over where its caller may read it there; else it is uploaded again. */
function engineQuery(front: RegistryFront, call: AllowedCall): URLSearchParams {
  const { caller, query } = call;
  const from = query.get('from');
  const changed = new URLSearchParams(query);
  if (from === null) return changed;
  changed.delete('from');
  if (mayRead(front, call, from)) changed.set('from', engineName(caller, from));
  else changed.delete('mount');
  return changed;
}

function mayRead(front: RegistryFront, call: AllowedCall, name: string): boolean {
  const arn = repositoryArn(call.caller, name);
  if (front.store.view((tx) => tx.table(repositories).get(arn)) === undefined) return false;
  try {
    requireAllowed(front, call, 'ecr:GetDownloadUrlForLayer', name);
    return true;
  } catch (error) {
    if (error instanceof RegistryError) return false;
    throw error;
  }
}
