import { redact } from '../redaction.ts';
import { eachLine } from './lines.ts';

/** `npm run --silent redact -- FILE`: each line as it would be stored, each as a message of its own. */
await eachLine((line) => redact(line).text);
