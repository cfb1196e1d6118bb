import { clock } from './clock.ts';
import { database } from './database.ts';
import type { Check } from './finding.ts';
import { dataFolder, port } from './machine.ts';
import { mail } from './mail.ts';
import { helpdesks, signIn, teams, webhook } from './others.ts';
import { understanding } from './understanding.ts';
import { website } from './website.ts';

/** In the order in which a start would meet them. */
export const checks: Check[] = [
  clock,
  dataFolder,
  database,
  understanding,
  port,
  website,
  mail,
  webhook,
  helpdesks,
  signIn,
  teams,
];
