import { LEFT_OUT } from '../kubernetes/without-secrets.ts';

/**
 * Parameters of the kernel itself, which has no use for a secret. What it does not know it hands on to the first
 * process, and to whatever reads this file: `systemd.set_credential=`, URLs of installers with passwords.
 * https://docs.kernel.org/admin-guide/kernel-parameters.html, kernel-command-line(7)
 */
const KEPT =
  /^(?:BOOT_IMAGE|acpi|apparmor|audit|audit_backlog_limit|cgroup\.[a-z_]+|cgroup_[a-z_0-9]+|clocksource|console|crashkernel|default_hugepagesz|elevator|fsck\.[a-z]+|hugepages|hugepagesz|idle|init|initrd|intel_idle\.max_cstate|intel_iommu|intel_pstate|iommu|ip|ipv6\.disable|irqaffinity|isolcpus|kvm[a-z_]*\.[a-z_]+|l1tf|loglevel|lsm|max_loop|maxcpus|mce|mds|mem|memory_corruption_check|mitigations|net\.ifnames|biosdevname|nmi_watchdog|nohz|nohz_full|nosoftlockup|nr_cpus|numa|numa_balancing|nvme[a-z_]*\.[a-z_]+|panic|pci|pcie_aspm|possible_cpus|printk\.[a-z_]+|processor\.max_cstate|psi|pti|random\.trust_[a-z]+|rcu_nocbs|rcupdate\.[a-z_]+|reboot|resume|root|rootdelay|rootflags|rootfstype|rootwait|security|selinux|slab_[a-z_]+|slub_[a-z_]+|smt|spec_store_bypass_disable|spectre_v2|swapaccount|sysctl\.vm\.[a-z_]+|systemd\.(?:unified_cgroup_hierarchy|legacy_systemd_cgroup_controller|log_level|show_status)|transparent_hugepage|tsc|tsx|vconsole\.[a-z]+|video|vga|vmalloc|vsyscall|vt\.[a-z_]+|zswap\.[a-z_]+)$/;

/** A switch such as `quiet`: no secret is so short and of small letters alone. */
const SWITCH = /^[a-z_]{1,24}$/;

/**
 * `/proc/cmdline` with the values of the kernel's own parameters alone, in as many words; what stands behind `--` is for
 * the first process and is left out. Doing it again changes nothing.
 *
 *     BOOT_IMAGE=/vmlinuz-4.4.155 root=UUID=... ro cgroup.memory=nokmem quiet
 */
export function bootCommandWithoutSecrets(text: string): string {
  let isForInit = false;
  return text
    .split(/(\s+)/)
    .map((word, index) => {
      if (index % 2 === 1 || word === '') return word;
      if (isForInit) return LEFT_OUT;
      isForInit = word === '--';
      if (isForInit) return word;
      const equals = word.indexOf('=');
      if (equals < 0) return SWITCH.test(word) ? word : LEFT_OUT;
      return KEPT.test(word.slice(0, equals)) ? word : `${word.slice(0, Math.min(equals, 64))}=${LEFT_OUT}`;
    })
    .join('');
}
