export interface Caller {
  readonly accountId: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly principalArn: string;
}
