import { RouteTable } from './route-table.js';

function aTable(): RouteTable {
  const table = new RouteTable();
  table.add(['GET', 'HEAD'], '/api/v1/customers');
  table.add('POST', '/api/v1/customers');
  table.add('PATCH', '/api/v1/customers/:customerId');
  return table;
}

describe('RouteTable', () => {
  it('names what an address offers', () => {
    expect(aTable().methodsOf('/api/v1/customers?limit=5')).toEqual(['GET', 'HEAD', 'POST']);
    expect(aTable().methodsOf('/api/v1/customers/a%2Fb')).toEqual(['PATCH']);
  });

  it.each(['/api/v1/customersX', '/api/v1/customers/a/b', '/API/v1/customers', '/'])('knows nothing of %s', (url) => {
    expect(aTable().methodsOf(url)).toEqual([]);
  });
});
