import fc from 'fast-check';
import { filterFaultOf } from './ldap-filter-syntax.js';

describe('a search filter of a directory', () => {
  it.each([
    '(objectClass=inetOrgPerson)', '(!(employeeType=left))', '(&(objectClass=person)(|(l=Bonn)(l=K\\c3\\b6ln)))', '(cn=*)', '(cn=a*b*c)', '(cn=)',
    '(age>=18)', '(age<=65)', '(cn~=Miller)', '(userAccountControl:1.2.840.113556.1.4.803:=2)', '(cn:dn:caseExactMatch:=x)', '(:dn:2.4.6.8.10:=x)', '(&)', '(|)',
    ' ( & (a=b) ( ! (c=d) ) ) ', '(cn;lang-de=x)', '(2.5.4.3=x)', '(cn=a\\28b\\29)',
  ])('%s is one', (text) => {
    expect(filterFaultOf(text)).toBeNull();
  });

  it.each([
    ['(objectClass=*', 1, 'the bracket that opens is never closed'],
    ['(&(a=b)(c=d)', 1, 'the bracket that opens is never closed'],
    ['(&(a=b)(c=d)))', 14, 'a closing bracket too many'],
    ['objectClass=*', 1, 'an opening bracket is missing'],
    ['(a=b)(c=d)', 6, 'nothing more is expected'],
    ['(&(a=b)c=d)', 8, 'an opening bracket is missing'],
    ['(a)', 3, 'one of = ~= >= <= is expected behind the attribute'],
    ['()', 2, 'an attribute is expected'],
    ['(=x)', 2, 'an attribute is expected'],
    ['(cn=a\\zz)', 6, 'a backslash must be followed by two hex digits'],
    ['(cn=a(b)', 6, 'a closing bracket is missing'],
    ['(!)', 3, 'an opening bracket is missing'],
    ['(!(a=b)(c=d))', 8, 'a closing bracket is missing'],
    ['('.repeat(100), 2, 'an attribute is expected'],
    ['(!'.repeat(100), 103, 'brackets are nested too deeply'],
  ])('%s is none, at character %i', (text, position, reason) => {
    expect(filterFaultOf(text)).toEqual({ position, reason });
  });

  it('is judged whatever the text is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'()&|!=<>~:*\\ab1 ') }), (text) => {
      const fault = filterFaultOf(text);
      if (fault !== null) expect(fault.position).toBeLessThanOrEqual(text.length + 1);
    }), { numRuns: 2000 });
  });
});
