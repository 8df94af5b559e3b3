import { z } from 'zod';
import { MapSection } from './map-schema.js';
import { expected, filledText, flag, names, record, text, wholeNumber } from './perl-values.js';

const choices = expected('choices by variable: value and label');
const selections = z.record(z.string(), z.record(z.string(), text.nullable(), choices), choices);

const common = {
  Name: text.optional(),
  Params: record.optional(),
  Map: MapSection,
  Selections: selections.default({}),
  ReadOnly: flag.default(false),
  CacheTTL: wholeNumber.default(0),
};

/** A `CustomerUser` block with the operator's own words as keys. Keys that are not listed never fail. */
export const CustomerUserSection = z.looseObject({
  ...common,
  Module: filledText,
  CustomerKey: filledText.optional(),
  /** The older name of CustomerKey. */
  Key: filledText.optional(),
  CustomerID: filledText,
  CustomerValid: filledText.optional(),
  CustomerUserListFields: names.optional(),
  CustomerUserSearchFields: names.optional(),
  CustomerUserSearchPrefix: text.default(''),
  CustomerUserSearchSuffix: text.default('*'),
  CustomerUserSearchListLimit: wholeNumber.optional(),
  CustomerUserPostMasterSearchFields: names.optional(),
  CustomerUserNameFields: names.optional(),
  CustomerUserNameFieldsJoin: text.default(' '),
  CustomerUserEmailUniqCheck: flag.default(false),
  CustomerUserExcludePrimaryCustomerID: flag.default(false),
  AutoLoginCreation: flag.default(false),
  AutoLoginCreationPrefix: text.default('auto'),
  CustomerCompanySupport: flag.default(false),
  /** Only directories know it. */
  CustomerUserValidFilter: text.optional(),
});

/** A `CustomerCompany` block. */
export const CustomerCompanySection = z.looseObject({
  ...common,
  Module: filledText.default('Kernel::System::CustomerCompany::DB'),
  CustomerCompanyKey: filledText,
  CustomerCompanyValid: filledText.optional(),
  CustomerCompanyListFields: names.optional(),
  CustomerCompanySearchFields: names.optional(),
  CustomerCompanySearchPrefix: text.default(''),
  CustomerCompanySearchSuffix: text.default('*'),
  CustomerCompanySearchListLimit: wholeNumber.optional(),
});

/** Keys of the helpdesk that have no meaning in this version, or none outside the helpdesk: taken without a word. */
export const keptBlockKeys: ReadonlySet<string> = new Set(['AdminSetPreferences']);
