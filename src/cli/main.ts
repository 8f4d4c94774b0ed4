#!/usr/bin/env node
// The program's beginning. It imports the rest only where Node can run it, and once compiled code is kept, which holds for what
// is imported after.
const oldest = [24, 9] as const;
const [major, minor] = process.versions.node.split('.').map(Number) as [number, number];

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  process.stderr.write(
    `Longshore needs Node ${oldest.join('.')} or newer, and this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
} else {
  try {
    const { keepCompiledCode } = await import('./compile-cache.ts');
    keepCompiledCode(process.env);
    const { runCommandLine } = await import('./command-line.ts');
    process.exitCode = await runCommandLine();
  } catch (error) {
    const [what = ''] = String(error).split('\n');
    process.stderr.write(
      `Longshore cannot start: ${what}. Is everything installed ('npm ci' in a checkout)?\n`,
    );
    process.exitCode = 1;
  }
}
