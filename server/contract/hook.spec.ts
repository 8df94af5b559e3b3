import { HookEnvelope, TicketEventData } from './hook.js';

describe('an event of a host', () => {
  const envelope = { specversion: '1.0', id: 'evt_1', source: 'urn:clientele:host:inst_1', type: 'ticket.created', data: {} };

  it.each([
    ['another version', { specversion: '0.3' }],
    ['no type', { type: '' }],
    ['a type in capitals', { type: 'Ticket.Created' }],
    ['a sequence that is no number', { sequence: '12a' }],
    ['an id as long as a book', { id: 'e'.repeat(65) }],
  ])('is refused with %s', (_, fault) => {
    expect(HookEnvelope.safeParse({ ...envelope, ...fault }).success).toBe(false);
  });

  it('is read with more than we know of', () => {
    expect(HookEnvelope.safeParse({ ...envelope, traceparent: '00-1', datacontenttype: 'application/json' }).success).toBe(true);
  });
});

describe('what a ticket event tells', () => {
  const ticket = { id: '50', customerUserId: 'ann' };

  it('has its ids as texts, however the host writes them', () => {
    const { ticket: read } = TicketEventData.parse({ ticket: { ...ticket, id: 50, queueId: 2 } });

    expect(read).toMatchObject({ id: '50', queueId: '2', typeId: null });
  });

  it.each([null, ''])('names no customer user by %j', (customerUserId) => {
    expect(TicketEventData.parse({ ticket: { ...ticket, customerUserId } }).ticket.customerUserId).toBeNull();
  });

  it('keeps a customer user whose login is 0', () => {
    expect(TicketEventData.parse({ ticket: { ...ticket, customerUserId: '0' } }).ticket.customerUserId).toBe('0');
  });

  it('takes a cause that is not known for an unknown one', () => {
    expect(TicketEventData.parse({ ticket, cause: 'moon' }).cause).toBe('unknown');
  });

  it.each([[{}], [{ ticket: {} }], [{ ticket: { ...ticket, id: '' } }], [{ ticket: { id: '5' } }]])('is refused as %j', (data) => {
    expect(TicketEventData.safeParse(data).success).toBe(false);
  });
});
