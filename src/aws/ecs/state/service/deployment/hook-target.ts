// What a lifecycle hook may name as its target: a Lambda function, or a page.

const lambdaArn =
  /^arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:([A-Za-z0-9_-]{1,140})(?::(\$LATEST|[A-Za-z0-9_-]{1,128}))?$/;

/** A function's name, and the version or alias where the ARN names one; undefined where it is not the ARN of a function. */
export function lambdaFunction(
  target: string,
): { readonly name: string; readonly qualifier?: string | undefined } | undefined {
  const match = lambdaArn.exec(target);
  return match ? { name: match[1]!, qualifier: match[2] } : undefined;
}

/** Whether it is the URL of a page; one with a user or a password in it is not. */
export function isPage(target: string): boolean {
  const url = URL.parse(target);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

/** Whether `target` lies at or below one of `prefixes`, URLs too: the same origin, and a path that begins with whole parts of it. */
export function isWithin(target: string, prefixes: readonly string[]): boolean {
  const url = URL.parse(target);
  if (!url || !isPage(target)) return false;
  return prefixes.some((prefix) => {
    const base = URL.parse(prefix);
    if (!base || base.origin !== url.origin) return false;
    const path = base.pathname.replace(/\/$/, '');
    return url.pathname === path || url.pathname.startsWith(`${path}/`);
  });
}
