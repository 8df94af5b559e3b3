import type { Service } from '../../../server/contract/service.js';
import { serviceTree } from './service-tree.js';

function aService(name: string): Service {
  return { serviceId: name.length, name, parentId: null, comment: '', validity: 'valid', version: '1', isDefault: false };
}

test('puts what is below a service right after it, whatever signs are in the names', () => {
  const tree = serviceTree(['Mail Backup', 'Mail::Spam', 'Mail', 'Mail::Archive', 'Mail::Archive::Old'].map(aService), 'en');

  expect(tree.map(({ depth, shortName }) => `${depth} ${shortName}`)).toEqual(['0 Mail', '1 Archive', '2 Old', '1 Spam', '0 Mail Backup']);
});

test('says the names above where the parent is not in the list', () => {
  const tree = serviceTree([aService('Mail::Spam')], 'en');

  expect(tree).toMatchObject([{ depth: 0, path: 'Mail', shortName: 'Spam' }]);
});
