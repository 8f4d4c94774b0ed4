import { secrets, secretVersions } from './secret/secrets.ts';

/** Every table of Secrets Manager. */
export const secretsManagerTables = [secrets, secretVersions] as const;
