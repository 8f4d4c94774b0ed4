import { parameters, parameterVersions } from './parameter/parameters.ts';

/** Every table of Parameter Store. */
export const ssmTables = [parameters, parameterVersions] as const;
