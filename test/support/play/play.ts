import { incident } from './incident.ts';
import { playHost } from './play-host.ts';

/* Plays the incident until ^C: `npm run play`, and in another terminal the program with what it prints. */
const host = playHost(incident());
process.stdout.write(`bin/slabtop-k8s --host-root ${host.root}\n`);
