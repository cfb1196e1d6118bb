/** A mistake in the files that support staff edit: names file, line and reason, so that it can be mended. */
export class KnowledgeError extends Error {
  constructor(file: string, line: number, reason: string) {
    super(`${file}:${line}: ${reason}`);
    this.name = 'KnowledgeError';
  }
}
