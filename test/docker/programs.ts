// Commands for the containers of the tests: each ends at once when it is asked to.

const untilTold = (work: string): readonly string[] => ['sh', '-c', `trap 'exit 0' TERM; ${work} & wait`];

/** Stays. */
export const sleeper = (): string[] => [...untilTold('sleep 1000')];

/** Serves `text` over HTTP; the shell fills in what it has of `$(…)`. */
export const webServer = (port: number, text: string): string[] => [
  ...untilTold(`mkdir -p /www; echo "${text}" > /www/index.html; httpd -f -p ${port} -h /www`),
];

/** Runs a line of shell. */
export const shell = (line: string): string[] => ['sh', '-c', line];
