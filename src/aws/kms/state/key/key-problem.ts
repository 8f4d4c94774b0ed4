// Why a key cannot be used: thrown by rules that several services follow, and answered by each in the words of its own API.

export type KeyProblemCode =
  | 'AccessDeniedException'
  | 'DisabledException'
  | 'IncorrectKeyException'
  | 'InvalidCiphertextException'
  | 'KMSInvalidStateException'
  | 'NotFoundException';

/** The error of KMS itself, by its wire name; the message is for callers and shows no secret. */
export class KeyProblem extends Error {
  override readonly name = 'KeyProblem';
  readonly code: KeyProblemCode;

  constructor(code: KeyProblemCode, message: string) {
    super(message);
    this.code = code;
  }
}
