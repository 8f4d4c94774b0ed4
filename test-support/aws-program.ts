// The stock AWS CLI of this machine.
import { execFileSync } from 'node:child_process';
import { delimiter, dirname } from 'node:path';

/**
 * Of a shim of pyenv, which finds its program anew at each call, and takes as long for it as the call itself: that program, where
 * the pyenv that it belongs to tells it.
 */
const find = `found=$(command -v aws) || exit
case $found in
  */shims/*) "\${found%/shims/*}/bin/pyenv" which aws || echo "$found" ;;
  *) echo "$found" ;;
esac`;

/** The CLI's file, or undefined where this machine has none, which is said. */
export const awsProgram = findAws();

/** PATH of this process, with the CLI before all else; for those who run `aws` by its name. */
export const pathToAws = (): string =>
  [...(awsProgram === undefined ? [] : [dirname(awsProgram)]), process.env['PATH']].join(delimiter);

function findAws(): string | undefined {
  try {
    return execFileSync('sh', ['-c', find], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    process.stderr.write('The AWS CLI is not installed: the tests that need it are skipped.\n');
    return undefined;
  }
}
