// File work of node, in its own thread and in a worker: works, is asked about, and a victim stays.
import fs from 'node:fs';
import { Worker, isMainThread } from 'node:worker_threads';
import { execFileSync } from 'node:child_process';

const who = isMainThread ? 'main' : 'worker';
fs.writeFileSync(`node-${who}`, 'text');
fs.renameSync(`node-${who}`, `node-${who}-2`);
await fs.promises.unlink(`node-${who}-2`);
for (const remove of [fs.unlinkSync, fs.promises.unlink]) {
  let code = 'nothing';
  try {
    await remove('node-victim');
  } catch (error) {
    code = error.code;
  }
  if (code !== 'EPERM' || !fs.existsSync('node-victim')) throw new Error(`${who}: ${code}`);
}
if (isMainThread) {
  const said = execFileSync('sh', ['-c', 'echo from a child'], { encoding: 'utf8' });
  if (said !== 'from a child\n') throw new Error(said);
  await new Promise((done, failed) => new Worker(new URL(import.meta.url)).on('error', failed).on('exit', done));
}
