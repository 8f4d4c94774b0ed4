// BatchCheckLayerAvailability: which layers the repository has already.
import type { Ecr, EcrWaitingOperation } from '../../ecr.ts';
import { invalidParameter } from '../../errors.ts';
import { engineName } from '../../state/engine-name.ts';
import type { Layer, LayerFailure } from '../../shapes.generated.ts';
import { isDigest } from '../../state/image/manifest.ts';
import type { Repository } from '../../state/repository/repository.ts';
import { askEngine } from '../engine-answer.ts';
import { repositoryOf } from '../resolve/repository.ts';

const maxLayers = 100;

export const batchCheckLayerAvailability: EcrWaitingOperation<'BatchCheckLayerAvailability'> = async (
  ecr,
  input,
  call,
) => {
  const { layerDigests } = input;
  if (layerDigests.length < 1 || layerDigests.length > maxLayers)
    throw invalidParameter(`layerDigests should have 1 to ${maxLayers} entries.`);
  const repository = ecr.store.view((tx) => repositoryOf(tx, call, input));
  const failures = layerDigests.filter((digest) => !isDigest(digest)).map(invalid);
  const layers: Layer[] = [];
  for (const digest of layerDigests.filter(isDigest)) layers.push(await layerOf(ecr, repository, digest));
  return { layers, failures };
};

const invalid = (layerDigest: string): LayerFailure => ({
  layerDigest,
  failureCode: 'InvalidLayerDigest',
  failureReason: 'Invalid layer digest',
});

async function layerOf(ecr: Ecr, repository: Repository, layerDigest: string): Promise<Layer> {
  const { status, headers } = await askEngine(ecr, {
    method: 'HEAD',
    target: `/v2/${engineName(repository, repository.name)}/blobs/${layerDigest}`,
    headers: {},
  });
  if (status !== 200) return { layerDigest, layerAvailability: 'UNAVAILABLE' };
  return { layerDigest, layerAvailability: 'AVAILABLE', layerSize: Number(headers['content-length']) };
}
