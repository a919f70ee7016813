import type { HeldBelow } from '../model/model.ts';
import { reportColumns } from './column.ts';

/** The parents below which dying cgroups hold memory: in reports only, on the screen they are columns of the cgroups. */
export const HELD_BELOW_REPORT = reportColumns<HeldBelow>([
  { field: 'memcg.heldByDying.where[].path', value: (below) => below.path, report: 1 },
  { field: 'memcg.heldByDying.where[].pod', value: (below) => below.pod, report: 2 },
  { field: 'memcg.heldByDying.where[].bytes', value: (below) => below.bytes, report: 3 },
  { field: 'memcg.heldByDying.where[].kmemBytes', value: (below) => below.kmemBytes, report: 4 },
  { field: 'memcg.heldByDying.where[].pageBytes', value: (below) => below.pageBytes, report: 5 },
]);
