import { isMissing } from '../../core/missing.ts';
import type { Report } from '../../exports/report.ts';
import { encodeFolded } from '../../profile/folded.ts';
import type { BundleFile } from './pack-bundle.ts';
