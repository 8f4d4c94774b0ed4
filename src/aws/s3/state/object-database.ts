// Versions of objects, uploads and the files that their bytes lie in: the bulk data of S3.
import { defineBulk } from '../../../bulk/bulk-module.ts';
import type { Bulk } from '../../../bulk/bulk.ts';
import { addPart, beginUpload, completeUpload, endUpload } from './upload/write-uploads.ts';
import { getUpload, listParts, listUploads } from './upload/read-uploads.ts';
import { expireVersion } from './object/expire-version.ts';
import { forgetFiles, unknownFiles, unusedFiles } from './object/files.ts';
import { listObjects, listVersions } from './object/list.ts';
import { getVersion } from './object/read-versions.ts';
import { migrations } from './object/schema.ts';
import { changeRecord, deleteVersions, isEmpty, putVersion } from './object/write-versions.ts';

export const bulkModule = defineBulk({
  name: 's3',
  url: import.meta.url,
  migrations,
  reads: {
    getVersion,
    listObjects,
    listVersions,
    getUpload,
    listParts,
    listUploads,
    unknownFiles,
    unusedFiles,
  },
  // Whether a bucket is empty is asked behind the writes that are under way.
  writes: {
    putVersion,
    deleteVersions,
    changeRecord,
    expireVersion,
    beginUpload,
    addPart,
    completeUpload,
    endUpload,
    forgetFiles,
    isEmpty,
  },
  scans: {},
});

export type ObjectDatabase = Bulk<typeof bulkModule>;
