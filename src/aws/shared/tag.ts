// A user's label on a resource.

export interface Tag {
  readonly key: string;
  readonly value: string;
}
