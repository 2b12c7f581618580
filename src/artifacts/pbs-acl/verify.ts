/** Reads `acl.cfg` back as PBS does. */
import { findPbsAcl, readPbsAclFile } from '../../formats/pbs-acl/read.ts';
import type { ArtifactKind } from '../artifact.ts';

export const kind: ArtifactKind = { name: 'pbs-acl', read: text => readPbsAclFile(text), find: findPbsAcl };
