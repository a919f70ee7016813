import { isMissing } from '../../core/missing.ts';
import type { Model } from '../../model/model.ts';

/** A report waits for so many samples at most: kubelet may be restarted again and again. */
const MOST_SAMPLES = 5;

/**
 * Counts samples until rates are there: two, and two of the same kubelet. Where several processes bear its name, the
 * right one is known a sample later than the first, whose CPU says nothing of it.
 */
export class SecondSample {
  #samples = 0;
  #pid: number | undefined;
  #ofKubelet = 0;

  /** Takes the model of a sample and says whether rates are there, or are waited for no longer. */
  take(model: Model | undefined): boolean {
    this.#samples += 1;
    const kubelet = model?.kubelet;
    const pid = kubelet === undefined || isMissing(kubelet) ? undefined : kubelet.pid;
    this.#ofKubelet = pid === this.#pid ? this.#ofKubelet + 1 : 1;
    this.#pid = pid;
    return this.#samples >= 2 && (pid === undefined || this.#ofKubelet >= 2 || this.#samples >= MOST_SAMPLES);
  }
}
