import { type Maybe, missing } from '../../core/missing.ts';

/** The kinds of systemd unit that own a cgroup (systemd.unit(5), systemd.resource-control(5)). */
const UNIT = /.\.(?:service|scope|slice|socket|mount|swap)$/;

/**
 * The systemd unit that owns a cgroup: the nearest part of the path that is a unit's name, for example
 * `kubelet.service` for `/system.slice/kubelet.service/payload`. `absent` where no part is one.
 */
export function unitOf(path: string): Maybe<string> {
  const unit = path.split('/').findLast((part) => UNIT.test(part));
  return unit ?? missing('absent', 'no part of the path names a systemd unit');
}
