#!/usr/bin/env node
// The program's beginning. It imports the rest only once compiled code is kept, which holds for what is imported after.
import { keepCompiledCode } from './compile-cache.ts';

keepCompiledCode(process.env);
const { runCommandLine } = await import('./command-line.ts');
process.exitCode = await runCommandLine();
