type Packages = Readonly<Record<string, { readonly version?: string; readonly optional?: boolean }>>;

/** Whether what is installed is what the lock file wants; optional packages may be missing. */
export declare function isInstalled(wanted: Packages, installed: Packages): boolean;
