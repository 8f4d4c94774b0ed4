// What a request of the registry's protocol is for, by its method and its path. Pure.

export type RegistryCall =
  | { readonly kind: 'ping' }
  | { readonly kind: 'tags'; readonly name: string }
  | { readonly kind: 'manifest'; readonly name: string; readonly reference: string }
  | { readonly kind: 'blob'; readonly name: string; readonly digest: string }
  /** `upload`: what the engine calls one that has begun; empty to begin one. */
  | { readonly kind: 'upload'; readonly name: string; readonly upload: string };

const name = '(?<name>[a-z0-9]+(?:[._/-][a-z0-9]+)*)';
const forms: readonly [RegExp, (groups: Readonly<Record<string, string>>) => RegistryCall][] = [
  [/^\/v2\/?$/, () => ({ kind: 'ping' })],
  [new RegExp(`^/v2/${name}/tags/list$`), (found) => ({ kind: 'tags', name: found['name']! })],
  [
    new RegExp(`^/v2/${name}/manifests/(?<reference>[A-Za-z0-9_][A-Za-z0-9._:-]{0,200})$`),
    (found) => ({ kind: 'manifest', name: found['name']!, reference: found['reference']! }),
  ],
  [
    new RegExp(`^/v2/${name}/blobs/uploads/?(?<upload>[A-Za-z0-9_=-]*)$`),
    (found) => ({ kind: 'upload', name: found['name']!, upload: found['upload']! }),
  ],
  [
    new RegExp(`^/v2/${name}/blobs/(?<digest>[a-z0-9]+:[a-f0-9]{32,128})$`),
    (found) => ({ kind: 'blob', name: found['name']!, digest: found['digest']! }),
  ],
];

/** Longer paths name nothing. */
const maxPath = 1024;

/** Undefined where there is nothing of that path. */
export function registryCall(path: string): RegistryCall | undefined {
  if (path.length > maxPath) return undefined;
  for (const [form, callOf] of forms) {
    const groups = form.exec(path)?.groups;
    if (groups !== undefined || form.test(path)) return callOf({ ...groups });
  }
  return undefined;
}

/** What IAM calls it; undefined where the method is none for it, or nobody must be allowed. */
export function actionOf({ kind }: RegistryCall, method: string): string | undefined {
  const reads = method === 'GET' || method === 'HEAD';
  if (kind === 'tags') return reads ? 'ecr:ListImages' : undefined;
  if (kind === 'manifest') return reads ? 'ecr:BatchGetImage' : method === 'PUT' ? 'ecr:PutImage' : undefined;
  if (kind === 'blob')
    return method === 'GET'
      ? 'ecr:GetDownloadUrlForLayer'
      : method === 'HEAD'
        ? 'ecr:BatchCheckLayerAvailability'
        : undefined;
  return kind === 'upload' ? uploads[method] : undefined;
}

const uploads: Readonly<Record<string, string>> = {
  POST: 'ecr:InitiateLayerUpload',
  GET: 'ecr:UploadLayerPart',
  PATCH: 'ecr:UploadLayerPart',
  PUT: 'ecr:CompleteLayerUpload',
  DELETE: 'ecr:UploadLayerPart',
};
