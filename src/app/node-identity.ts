import { printable } from '../format/printable.ts';

/** What kind of machine the node is, in a line: `QEMU Standard PC, KVM; Intel Xeon Gold 6248R`. */
export type NodeIdentity = string;

/**
 * Asks once what the machine is made of. This starts a few small programs (lscpu, dmidecode) and takes some 30 ms of
 * CPU, so that it comes after the first frame and never in a tick.
 */
export async function nodeIdentity(): Promise<NodeIdentity> {
  const { cpu, system } = await import('systeminformation');
  const [machine, processor] = await Promise.all([system(), cpu()]);
  const maker = [machine.manufacturer, machine.model].filter((word) => word !== '').join(' ');
  const virtual = machine.virtual ? (machine.virtualHost ?? 'virtual') : '';
  const chip = [processor.manufacturer, processor.brand].filter((word) => word !== '').join(' ');
  return printable(
    [[maker, virtual].filter((word) => word !== '').join(', '), chip].filter((word) => word !== '').join('; '),
  );
}
