// Whether what is installed is what the lock file says, by version. Times of files say nothing: git and npm set them as they like.

/** `wanted` and `installed` are the `packages` of package-lock.json and of the lock file that npm leaves in node_modules. */
export function isInstalled(wanted, installed) {
  if (Object.keys(installed).length === 0) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true;
    const found = installed[path]?.version;
    // An optional one may be for another system.
    return found === version || (found === undefined && optional === true);
  });
}
