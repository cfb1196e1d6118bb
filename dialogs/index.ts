import { accountAccess } from './accountAccess.ts';
import { contact, humanRequest } from './contact.ts';
import { displayBug } from './displayBug.ts';
import type { Flow } from './flow.ts';
import { loginTrouble } from './loginTrouble.ts';
import { lostParcel } from './lostParcel.ts';
import { paymentError } from './paymentError.ts';
import { slowness } from './slowness.ts';
import { suspiciousActivity } from './suspiciousActivity.ts';

/** The flows of the guide's eight sections, in the guide's order, as the menu shows them. */
export const subjects: readonly Flow[] = [
  accountAccess,
  loginTrouble,
  displayBug,
  slowness,
  paymentError,
  lostParcel,
  suspiciousActivity,
  contact,
];

/** Every flow that a dialog may run. */
export const flows: readonly Flow[] = [...subjects, humanRequest];

/** The flow that an intent opens. */
export function flowOf(intent: string): Flow | undefined {
  return flows.find((flow) => flow.intent === intent);
}
