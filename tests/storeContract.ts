import type { Store } from '../bot/store.ts';
import { agentRules } from './storeContract/agents.ts';
import { conversationRules } from './storeContract/conversations.ts';
import { deliveryRules } from './storeContract/deliveries.ts';
import { deskRules } from './storeContract/desk.ts';
import { erasureRules } from './storeContract/erasure.ts';
import { eachTestOpens } from './storeContract/opened.ts';

/** What every engine must answer alike. */
export function storeContract(engine: string, open: () => Promise<Store>): void {
  describe(`the store on ${engine}`, () => {
    eachTestOpens(open);
    describe('conversations', conversationRules);
    describe('deliveries', deliveryRules);
    describe('the desk', deskRules);
    describe('agents', agentRules);
    describe('erasure', erasureRules);
  });
}
