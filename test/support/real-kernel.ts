/**
 * This machine's own kernel as a test bench: live and dying memory cgroups, negative dentries, a kubelet-like process,
 * a process that cannot be killed. What is made bears the prefix of `cleanup.ts` and goes with the test process.
 */
export { makeLiveCgroups, makePodTree, makeTestRoot, removeCgroups } from './kernel/cgroups.ts';
export { countLiveCgroups, dyingCgroups, restingDyingCgroups, settle } from './kernel/count.ts';
export { makeDentries, makeDying, type Pin } from './kernel/dying.ts';
export { startFakeKubelet } from './kernel/fake-kubelet.ts';
export { freezeProcess } from './kernel/freeze.ts';
export { countMemoryCgroups, memoryHierarchy, whyNoFreezer, whyNoRealKernel } from './kernel/hierarchy.ts';
