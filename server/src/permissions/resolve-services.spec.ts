import { pathsAbove, resolveServices, servicesOfNobody, type ServiceFact } from './resolve-services.js';

const service = (serviceId: number, name: string, validity: ServiceFact['validity'] = 'valid'): ServiceFact => ({ serviceId, name, validity });
const [s1, s2] = [service(1, 'S1'), service(2, 'S2')];
const asUsual = { usesDefaults: true, keepsChildren: false };

describe('The services that a person can use', () => {
  it('are those of everybody without own ones (TV1)', () => {
    expect(resolveServices({ own: [], defaults: [s1], invalidNames: [] }, asUsual)).toMatchObject({ source: 'defaults', services: [s1], replaced: [] });
  });

  it('are the own ones alone as soon as there is one (TV2)', () => {
    expect(resolveServices({ own: [s2], defaults: [s1], invalidNames: [] }, asUsual)).toMatchObject({ source: 'own', services: [s2], replaced: [s1] });
  });

  it('are those of everybody again when the only own one becomes invalid (TV3)', () => {
    const own = [service(2, 'S2', 'invalid')];

    expect(resolveServices({ own, defaults: [s1], invalidNames: ['S2'] }, asUsual)).toMatchObject({ source: 'defaults', services: [s1], invalid: own });
  });

  it('are none without own ones where those of everybody do not count (TV4)', () => {
    expect(resolveServices({ own: [], defaults: [s1], invalidNames: [] }, { ...asUsual, usesDefaults: false })).toMatchObject({ source: 'none', services: [] });
  });

  it('are, where there is no person, those of everybody if the setting says so (TV5)', () => {
    const off = servicesOfNobody({ defaults: [s1], invalidNames: [] }, { defaultsForUnknown: false, keepsChildren: false });
    const on = servicesOfNobody({ defaults: [s1], invalidNames: [] }, { defaultsForUnknown: true, keepsChildren: false });

    expect([off.services, on.services]).toEqual([[], [s1]]);
  });

  it('are hidden in tickets below an invalid one, unless children are kept (TV8)', () => {
    const facts = { own: [service(3, 'A::B::C'), service(4, 'A::Bee'), service(5, 'AA::B::C')], defaults: [], invalidNames: ['A::B'] };

    expect(resolveServices(facts, asUsual).hidden).toEqual([service(3, 'A::B::C')]);
    expect(resolveServices(facts, { ...asUsual, keepsChildren: true }).hidden).toEqual([]);
  });

  it('have names above them', () => {
    expect(['A', 'A::B::C'].map(pathsAbove)).toEqual([[], ['A', 'A::B']]);
  });
});
