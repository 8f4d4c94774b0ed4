// Why a key cannot be used: KMS answers it as it is, other services in the words of their own APIs.
import { ServiceProblem } from '../../../shared/service-problem.ts';

export type KeyProblemCode =
  | 'AccessDeniedException'
  | 'DisabledException'
  | 'IncorrectKeyException'
  | 'InvalidCiphertextException'
  | 'KMSInvalidStateException'
  | 'NotFoundException';

export class KeyProblem extends ServiceProblem {
  override readonly name = 'KeyProblem';

  constructor(code: KeyProblemCode, message: string) {
    super(code, message);
  }
}
