// What Parameter Store refuses, in its words.
import { ServiceProblem } from '../../../shared/service-problem.ts';

export class ParameterProblem extends ServiceProblem {
  override readonly name = 'ParameterProblem';
}

export const parameterNotFound = (name: string): ParameterProblem =>
  new ParameterProblem('ParameterNotFound', `Parameter ${name} not found.`);
export const versionNotFound = (name: string, number: number | string): ParameterProblem =>
  new ParameterProblem(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${number} of ${name}. Verify the version and try again.`,
  );
export const labelNotFound = (name: string, label: string): ParameterProblem =>
  new ParameterProblem(
    'ParameterVersionNotFound',
    `Systems Manager could not find the label ${label} of ${name}. Verify the label and try again.`,
  );
export const validation = (message: string): ParameterProblem =>
  new ParameterProblem('ValidationException', message);
