import { acceptsType, refChain, type Schema, typesOf } from './schema.ts';

/** A property whose constant value tells the branches of a `oneOf` apart, such as `kind`. */
export interface Discriminator {
  readonly property: string;
  readonly values: readonly string[];
}

/**
 * The branch of a `oneOf` or `anyOf` that the author meant, by discriminating property or by type. Undefined when
 * that cannot be told, so that the alternative as a whole is reported and not the faults of each branch.
 */
export function chooseBranch(root: Schema, branches: readonly Schema[], data: unknown): Schema | undefined {
  const fitting = branches.filter(branch => acceptsType(typesOf(root, branch), data));
  const discriminator = discriminatorOf(root, fitting);
  if (discriminator !== undefined) {
    const value = propertyOf(data, discriminator.property);
    return fitting.find(
      branch => constantOf(root, branch, discriminator.property) === value && value !== undefined,
    );
  }
  // Beside a constant such as `pending`, any other text was meant for the other branch.
  const open = fitting.filter(
    branch => !refChain(root, branch).some(part => 'const' in part && part.const !== data),
  );
  const meaningful = open.filter(branch => refChain(root, branch).some(isMoreThanRequired));
  return open.length === 1 ? meaningful[0] : undefined;
}

/** The property that has a different constant in every branch. */
export function discriminatorOf(root: Schema, branches: readonly Schema[]): Discriminator | undefined {
  const first = branches[0];
  if (first === undefined || branches.length < 2) return undefined;
  for (const property of refChain(root, first).flatMap(part => Object.keys(part.properties ?? {}))) {
    const values = branches.map(branch => constantOf(root, branch, property));
    const strings = values.filter(value => typeof value === 'string');
    if (strings.length === branches.length && new Set(strings).size === strings.length) {
      return { property, values: strings };
    }
  }
  return undefined;
}

/** For `anyOf: [{required: [a]}, {required: [b]}]`: the keys of which one is needed. */
export function requiredAlternatives(branches: readonly Schema[]): readonly string[] | undefined {
  if (branches.some(branch => branch.required === undefined || branch.$ref || isMoreThanRequired(branch)))
    return undefined;
  return branches.flatMap(branch => branch.required ?? []);
}

const isMoreThanRequired = (schema: Schema): boolean =>
  Object.keys(schema).some(
    keyword => keyword !== 'required' && keyword !== '$ref' && keyword !== 'description',
  );

const constantOf = (root: Schema, branch: Schema, property: string): unknown =>
  refChain(root, branch)
    .map(part => part.properties?.[property])
    .find(schema => schema !== undefined)?.const;

const propertyOf = (data: unknown, property: string): unknown =>
  typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[property] : undefined;
