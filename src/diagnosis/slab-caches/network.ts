import type { KnownCache } from './cache-facts.ts';

/** Sockets, packets, connections and routes. */
export const NETWORK_CACHES: readonly KnownCache[] = [
  {
    names: ['skbuff_head_cache', 'skbuff_fclone_cache', 'skbuff_small_head', 'skbuff_ext_cache'],
    holds: 'network buffers: packets that are being sent or wait to be read',
    grows: 'sockets that are not read, a driver that keeps packets, or a packet capture',
    drop: 'keeps',
    source: 'net/core/skbuff.c',
  },
  {
    names: ['sock_inode_cache'],
    holds: 'sockets, as files',
    grows: 'connections that are not closed',
    drop: 'keeps',
    source: 'net/socket.c',
  },
  {
    names: ['TCP', 'TCPv6', 'UDP', 'UDPv6', 'RAW', 'RAWv6', 'UNIX', 'UNIX-STREAM', 'NETLINK', 'PING', 'MPTCP'],
    holds: 'sockets of that protocol',
    grows: 'connections and listeners; for RAW and NETLINK, programs that open one for every question',
    drop: 'keeps',
    source: 'net/core/sock.c',
  },
  {
    names: ['tw_sock_*', 'request_sock_*'],
    holds: 'connections that just ended or just begin',
    grows: 'many short connections; a flood of SYN packets',
    drop: 'keeps',
    source: 'net/core/sock.c',
  },
  {
    names: ['nf_conntrack', 'nf_conntrack_*'],
    holds: 'connections that the firewall follows: everything through kube-proxy and NAT',
    grows: 'connections, each for up to five days without traffic; nf_conntrack_max is the end',
    drop: 'keeps',
    source: 'net/netfilter/nf_conntrack_core.c',
  },
  {
    names: ['net_namespace'],
    holds: 'network namespaces, with all that each has',
    grows: 'pods, and namespaces that something keeps: their removal runs in one worker for all',
    drop: 'keeps',
    source: 'net/core/net_namespace.c',
  },
  {
    names: ['ip_dst_cache', 'ip6_dst_cache', 'inet_peer_cache'],
    holds: 'routes to single addresses',
    grows: 'many different peers; packets that keep their route',
    drop: 'keeps',
    source: 'net/ipv4/route.c',
  },
  {
    names: ['ip_fib_trie', 'ip_fib_alias', 'fib6_nodes'],
    holds: 'routing tables',
    grows: 'routes: one for every pod with some network plugins',
    drop: 'keeps',
    source: 'net/ipv4/fib_trie.c',
  },
  {
    names: ['rpc_inode_cache'],
    holds: 'files of SUNRPC, as NFS has them',
    grows: 'NFS mounts and connections',
    drop: 'keeps',
    source: 'net/sunrpc/rpc_pipe.c',
  },
];
