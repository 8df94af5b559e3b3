import { describeOnEachEngine } from '../../testing/databases.js';
import { patience, stageCustomers, stagePeople } from './testing/stage.js';
import { aCustomerRow, aPersonRow } from './testing/tables.js';

describeOnEachEngine('The customer IDs that people carry', ({ open }) => {
  it('are those of valid people that hold the text in any case, each once (TS40)', async () => {
    const database = await open();
    const people = await stagePeople(database, [
      aPersonRow('anna', { customer_id: 'ACME' }), aPersonRow('bert', { customer_id: 'ACME' }), aPersonRow('cleo', { customer_id: 'Pacific' }),
      aPersonRow('dora', { customer_id: 'other' }), aPersonRow('emil', { customer_id: 'ac_left', valid_id: 2 }), aPersonRow('fred', { customer_id: '' }),
      aPersonRow('gina', { customer_id: '50%' }),
    ]);
    const customers = await stageCustomers(database, [aCustomerRow('AC-unused')]);
    const idsOf = async (text: string, limit = 10) => [...(await people.customerIds?.(text, limit, patience()) ?? [])].sort();

    expect(await idsOf('AC')).toEqual(['ACME', 'Pacific']);
    expect(await idsOf('%')).toEqual(['50%']);
    expect(await idsOf('')).toEqual(['50%', 'ACME', 'Pacific', 'other']);
    expect(await idsOf('', 2)).toHaveLength(2);
    expect(await idsOf("x' OR 1=1 --")).toEqual([]);
    expect(customers.customerIds).toBeNull();
  });
});
