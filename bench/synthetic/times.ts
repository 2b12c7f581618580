/**
 * When everything runs. All hosts of the deployment keep UTC; what uses one machine or line runs one after the other,
 * the sites alike. With weak spots at any minute of some hour, and each site by the clock of its zone.
 */
import type { SitePlan } from './layout.ts';
import { type Random, timeOfDay } from './random.ts';

/** @param hour of the weak spots: from it on, for so many hours. */
export function clock(site: SitePlan, random: Random, planned: string, hour: number, hours = 1): string {
  return site.weakSpots ? timeOfDay(random, hour, hours) : planned;
}

/** `clock` minutes later. */
export function after(time: string, minutes: number): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const at = hour * 60 + minute + minutes;
  return [Math.floor(at / 60), at % 60].map(part => String(part).padStart(2, '0')).join(':');
}
