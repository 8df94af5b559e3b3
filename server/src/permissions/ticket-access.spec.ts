import type { TicketPermission } from '../configuration/index.js';
import { checkTicket, isTicketListed, type TicketFacts, type TicketRules } from './ticket-access.js';
import { aPerson, bothContexts, direct, ofCustomer, other, someFacts, someSettings } from './testing/facts.js';

const permission = (name: string, check: TicketPermission['check'], isRequired: boolean): TicketPermission => ({
  name, module: `Kernel::System::Ticket::CustomerPermission::${check}`, check, isRequired, isGranting: !isRequired,
});
const rules: TicketRules = {
  permissions: [
    permission('1-GroupCheck', 'GroupCheck', true), permission('2-CustomerUserIDCheck', 'CustomerUserIDCheck', false),
    permission('3-CustomerIDCheck', 'CustomerIDCheck', false), permission('4-CustomerGroupCheck', 'CustomerGroupCheck', false),
  ],
  isCompanyAccessDisabled: false,
};
const anna = aPerson('anna', { primary: 'C1', assigned: ['C3'] });
const inGroup = someFacts({ people: [anna], direct: [direct('anna', 7, 'ro')] });
const aTicket = (changes: Partial<TicketFacts>): TicketFacts => ({ groupId: 7, customerId: null, customerUser: null, ...changes });

/** Whether it opens, whether it is listed, and what each step did. */
function ask(facts: Parameters<typeof checkTicket>[0], ticket: TicketFacts, { key = 'ro', by = rules }: { key?: string; by?: TicketRules } = {}) {
  const question = { login: 'anna', ticket, key };
  const { isAllowed, steps } = checkTicket(facts, question, by);
  return { isAllowed, isListed: isTicketListed(facts, question, by), outcomes: steps.map(({ outcome }) => outcome), steps };
}

describe('A ticket', () => {
  it('of the own login is closed in a group that is not effective (TT1)', () => {
    const answer = ask(someFacts({ people: [anna] }), aTicket({ customerUser: 'anna', customerId: 'C1' }));

    expect(answer).toMatchObject({ isAllowed: false, isListed: false, outcomes: ['denies', 'not-asked', 'not-asked', 'not-asked'] });
    expect(answer.steps[0]?.refusedBecause).toBe('group-not-effective');
  });

  it('of the own customer is open in an effective group, for what is effective there (TT2)', () => {
    const ticket = aTicket({ customerUser: 'bert', customerId: 'c1' });
    const answer = ask(inGroup, ticket);

    expect(answer).toMatchObject({ isAllowed: true, isListed: true, outcomes: ['goes-on', 'goes-on', 'allows', 'not-asked'] });
    expect(answer.steps[0]?.reasons).toEqual([{ kind: 'direct', key: 'ro' }]);
    expect(answer.steps[1]?.refusedBecause).toBe('other-person');
    expect(answer.steps[2]?.memberships).toEqual(['primary']);
    expect(ask(inGroup, ticket, { key: 'rw' })).toMatchObject({ isAllowed: false, isListed: false });
  });

  it('of the own customer is closed where access to tickets of the customer is switched off (TT3)', () => {
    const by = { ...rules, isCompanyAccessDisabled: true };

    expect(ask(inGroup, aTicket({ customerId: 'C1' }), { by })).toMatchObject({ isAllowed: false, isListed: false });
    expect(ask(inGroup, aTicket({ customerId: 'C1', customerUser: 'anna' }), { by })).toMatchObject({ isAllowed: true, isListed: true });
  });

  it('of the own login is open in any spelling of it (TT4)', () => {
    expect(ask(inGroup, aTicket({ customerUser: 'ANNA' }))).toMatchObject({ isAllowed: true, isListed: true, outcomes: ['goes-on', 'allows', 'not-asked', 'not-asked'] });
  });

  it('of a customer that the person is only related to is open (TT5)', () => {
    const answer = ask(inGroup, aTicket({ customerId: 'C3' }));

    expect(answer).toMatchObject({ isAllowed: true, isListed: true });
    expect(answer.steps[2]?.memberships).toEqual(['assigned']);
  });

  it('of a foreign customer is open for ro and update, where an own one has rw on others’ tickets in an effective group (TT6)', () => {
    const facts = someFacts({
      settings: someSettings({ contexts: bothContexts, keys: ['ro', 'update', 'rw'] }),
      people: [anna],
      direct: [direct('anna', 7, 'rw')],
      ofCustomers: [ofCustomer('C1', 7, 'rw', other)],
    });

    for (const key of ['ro', 'update']) {
      const answer = ask(facts, aTicket({ customerId: 'foreign' }), { key });
      expect(answer).toMatchObject({ isAllowed: true, outcomes: ['goes-on', 'goes-on', 'goes-on', 'allows'] });
      expect(answer.steps[3]?.through).toEqual([{ customerId: 'C1', key: 'rw' }]);
    }
    expect(ask(facts, aTicket({ customerId: null }))).toMatchObject({ isAllowed: false });
  });

  it('of a foreign customer is listed only where that customer sees its own in the group, though it opens without', () => {
    const settings = someSettings({ contexts: bothContexts });
    const opened = someFacts({ settings, people: [anna], direct: [direct('anna', 7, 'ro')], ofCustomers: [ofCustomer('C1', 7, 'ro', other)] });
    const listed = someFacts({ settings, people: [anna], ofCustomers: [ofCustomer('C1', 7, 'ro', other), ofCustomer('F', 7, 'ro')] });

    expect(ask(opened, aTicket({ customerId: 'F' }))).toMatchObject({ isAllowed: true, isListed: false });
    expect(ask(listed, aTicket({ customerId: 'F' }))).toMatchObject({ isAllowed: false, isListed: true });
  });

  it('is in no list of a person without any group (TT7)', () => {
    const facts = someFacts({ settings: someSettings({ alwaysGroups: [], companyAlwaysGroups: [] }), people: [anna] });

    expect(ask(facts, aTicket({ customerUser: 'anna', customerId: 'C1' }))).toMatchObject({ isAllowed: false, isListed: false });
  });

  it('of a login that no backend knows does not open by that login, as the helpdesk has none to compare', () => {
    const facts = { ...inGroup, people: [{ ...anna, state: 'unknown' as const, record: null, primary: null }] };
    const answer = ask(facts, aTicket({ customerUser: 'anna' }));

    expect(answer).toMatchObject({ isAllowed: false });
    expect(answer.steps[1]?.refusedBecause).toBe('person-unknown');
  });

  it('is not decided here where a check of the helpdesk’s own could decide otherwise', () => {
    const own = (isRequired: boolean): TicketRules => ({ ...rules, permissions: [permission('0-Own', null, isRequired), ...rules.permissions] });
    const [mine, foreign] = [aTicket({ customerUser: 'anna' }), aTicket({ customerId: 'F' })];

    expect([ask(inGroup, mine, { by: own(true) }).isAllowed, ask(inGroup, foreign, { by: own(true) }).isAllowed]).toEqual([null, false]);
    expect([ask(inGroup, mine, { by: own(false) }).isAllowed, ask(inGroup, foreign, { by: own(false) }).isAllowed]).toEqual([true, null]);
  });

  it('is closed where no check grants anything', () => {
    expect(ask(inGroup, aTicket({ customerUser: 'anna' }), { by: { ...rules, permissions: [] } })).toMatchObject({ isAllowed: false });
  });
});
