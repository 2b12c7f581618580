/** S3 buckets of the resolved topology. */
import type * as Spec from './spec.ts';
import type { Host, Node, State } from './topology.ts';

/** What a provider's preset and the declaration give together. */
export interface Bucket extends Node<Spec.Bucket> {
  readonly state: State;
  /** Native name. */
  readonly name: string;
  /** Host name for the S3 API, without `{{bucket}}.`; undefined only after an error. */
  readonly endpoint: string;
  readonly region: string;
  readonly port: number;
  readonly pathStyle: boolean;
  /** Days that every object is billed at least; 0 = none. */
  readonly minimumBilledDays: number;
  /**
   * What an object lock can be: that of S3; rules of the bucket that whoever administers the account can remove; or
   * there is none. Without that of S3 the provider keeps no versions, either.
   */
  readonly locks: 's3' | 'removable' | 'none';
  readonly host: Host | undefined;
}
