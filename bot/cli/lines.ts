import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/** Prints `answer(line)` for each line of the file named on the command line, or of standard input for "-". */
export async function eachLine(answer: (line: string) => string): Promise<void> {
  const [file] = process.argv.slice(2);
  if (file === undefined) {
    process.stderr.write('Name a file of sentences, one a line, or - for standard input.\n');
    process.exit(2);
  }
  const input = file === '-' ? process.stdin : createReadStream(file);
  input.on('error', (error: Error) => {
    process.stderr.write(`${file} cannot be read: ${error.message}\n`);
    process.exit(2);
  });
  for await (const line of createInterface({ input, crlfDelay: Infinity }))
    process.stdout.write(`${answer(line)}\n`);
}
