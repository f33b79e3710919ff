// What holds and what does not, counted and shown, and the waiting for it.
import { setTimeout as pause } from 'node:timers/promises';

export const PATIENCE = 1000 * Number(process.env.AEGIS_AGENTS_PATIENCE ?? 300); // ms until a story must have ended

export const counted = { passed: 0, failed: 0 };

export function check(what, holds) {
  if (holds) counted.passed++;
  else counted.failed++;
  console.log(`  ${holds ? 'ok  ' : 'FAIL'}  ${what}`);
}

// True as soon as it holds; false when it still does not at the end of the patience.
export async function until(holds, patience = PATIENCE) {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) return false;
    await pause(300);
  }
  return true;
}

// What a refusal looks like to a model.
export const refusal = /denied|EACCES|EPERM|not permitted|permission|failed to (write|delete)|error/i;
