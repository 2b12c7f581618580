// Made by scripts/build-validators.ts from schema/topology.schema.json.
import type { ValidateFunction } from '../ajv-error.ts';
export declare const validate: ValidateFunction;
