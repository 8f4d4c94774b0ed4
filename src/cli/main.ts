#!/usr/bin/env node
// The program's beginning. It imports the rest only where Node can run it, and once compiled code is kept, which holds for what
// is imported after.
const oldest = 24;

if (Number.parseInt(process.versions.node) < oldest) {
  process.stderr.write(
    `Longshore needs Node ${oldest} or newer, and this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
} else {
  const { keepCompiledCode } = await import('./compile-cache.ts');
  keepCompiledCode(process.env);
  const { runCommandLine } = await import('./command-line.ts');
  process.exitCode = await runCommandLine();
}
