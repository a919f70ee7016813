import * as v from 'valibot';

/** Where the memory controller lives: what most samplers have to be told. */
export const memoryHierarchy = v.object({
  version: v.picklist(['v1', 'v2']),
  /** The mount point, as the node sees it. */
  path: v.string(),
});

/** Version and mount point of the hierarchy that has the memory controller. */
export type MemoryHierarchy = v.InferOutput<typeof memoryHierarchy>;

const empty = v.strictObject({});

/** For samplers that need not be told anything. */
export function noArgs(json: unknown): Record<string, never> {
  v.parse(empty, json);
  return {};
}

/** Turns a schema into the check that a sampler needs. */
export function argsOf<Schema extends v.GenericSchema>(schema: Schema): (json: unknown) => v.InferOutput<Schema> {
  return (json) => v.parse(schema, json);
}
