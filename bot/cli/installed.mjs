import { existsSync } from 'node:fs';

// Before `npm run doctor`, in JavaScript: the machine's own Node may be too old to read the doctor.
if (!existsSync('node_modules/node')) {
  console.log('✗ The packages are not installed.\n    Run npm ci, which brings Node 24 as well.');
  process.exit(1);
}
