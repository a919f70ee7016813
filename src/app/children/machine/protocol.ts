/** The internal argument that makes this program the child that asks what the machine is made of. */
export const IDENTITY_ARGUMENT = '__identity';

/** What the child says, once. */
export type IdentityMessage = { readonly machine: string } | { readonly failed: string };
