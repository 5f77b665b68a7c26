const width = 40;
const lineSteps = 10;

/** Shows how much is done: a bar that grows in a terminal, some lines elsewhere. */
export function createProgressBar(name: string, total: number): (done: number) => void {
  let shown = -1;
  return (done) => {
    const { isTTY } = process.stdout;
    const step = Math.floor((done / total) * (isTTY ? width : lineSteps));
    if (step === shown) return;
    shown = step;
    const filled = Math.floor((done / total) * width);
    const bar = `${'#'.repeat(filled)}${'.'.repeat(width - filled)}`;
    const line = `[${bar}] ${done.toLocaleString('en')} of ${total.toLocaleString('en')}: ${name}`;
    process.stdout.write(isTTY ? `\r${line}${done === total ? '\n' : ''}` : `${line}\n`);
  };
}
