import { startSlapd, type TestDirectory } from '../../../testing/slapd.js';
import type { Backend } from '../backend.js';
import { describeBackendContract } from '../testing/backend-contract.js';
import { stageDirectory } from './testing/stage.js';

describe('A directory keeps the contract:', () => {
  let directory: TestDirectory;
  const opened: Backend[] = [];

  beforeAll(async () => {
    directory = await startSlapd();
  });

  afterAll(async () => {
    await Promise.all(opened.map((backend) => backend.close()));
    await directory.stop();
  });

  describeBackendContract({
    open: async (people, { searchPrefix = '*', searchSuffix = '*' } = {}) => {
      const backend = await stageDirectory(directory, people, {
        block: { CustomerUserSearchPrefix: searchPrefix, CustomerUserSearchSuffix: searchSuffix, CustomerUserValidFilter: '(employeeType=active)' },
      });
      opened.push(backend);
      return backend;
    },
  });
});
