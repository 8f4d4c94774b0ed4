/** A policy document as answers have it: encoded as RFC 3986 says. */
export const encodedDocument = (document: string): string =>
  encodeURIComponent(document.toWellFormed()).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
