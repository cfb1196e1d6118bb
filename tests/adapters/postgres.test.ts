import { openPostgresStore } from '../../adapters/storage/postgres.ts';
import { Cluster, describeOnPostgres } from '../postgres.ts';
import { storeContract } from '../storeContract.ts';

describeOnPostgres('PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => (cluster = await Cluster.start()));
  afterAll(() => cluster.end());

  storeContract('PostgreSQL', async () => openPostgresStore(await cluster.database()));
});
